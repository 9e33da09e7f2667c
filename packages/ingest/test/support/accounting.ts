import type { Source } from '@matinee/core';
import { expect } from 'vitest';
import { folderOf, type Lab } from './lab.js';
import { expectedOf, type ReferenceKind } from './reference.js';
import { links, movies, ratings, scores, tags } from './sources.js';
import type { Tables } from './write.js';

const KINDS: Readonly<Record<keyof Tables, readonly [grouplens: ReferenceKind[], kaggle: ReferenceKind[]]>> =
  {
    ratings: [
      ['int', 'int', 'double', 'epoch'],
      ['int', 'int', 'double', 'time'],
    ],
    tags: [
      ['int', 'int', 'text', 'epoch'],
      ['int', 'int', 'text', 'time'],
    ],
    movies: [
      ['int', 'text', 'text'],
      ['int', 'text', 'text'],
    ],
    links: [
      ['int', 'text', 'optionalInt'],
      ['int', 'text', 'optionalInt'],
    ],
    scores: [
      ['int', 'int', 'double'],
      ['int', 'int', 'double'],
    ],
  };

const SOURCES: Readonly<Record<string, Source>> = { ratings, tags, movies, links, scores };

/** What a value becomes in the table, written so that equal values are written alike. */
function canonical(
  value: string | null,
  kind: ReferenceKind,
  column: string,
  kaggle: boolean,
): string | null {
  if (value === null) return null;
  switch (kind) {
    case 'int':
    case 'optionalInt':
      return String(BigInt(value.replace('+', '')));
    case 'double':
      return String(Number(value) + 0);
    case 'epoch':
      return new Date(Number(value) * 1000).toISOString().slice(0, 19).replace('T', ' ');
    case 'text':
      if (column === 'imdbId') return value === '' ? '' : value.padStart(7, '0');
      return kaggle ? value.replaceAll('""', '"') : value;
    default:
      return value;
  }
}

/** Loads a file and holds table, rejects and counts against what the reference says of the same bytes. */
export async function expectAccounted(
  lab: Lab,
  name: string,
  shape: string,
  bytes: Uint8Array,
): Promise<void> {
  const source = SOURCES[name]!;
  const { file, header, escape: quoteEscape = '"' } = source.shapes.find((each) => each.name === shape)!;
  const kaggle = shape === 'kaggle';
  const kinds = KINDS[name as keyof Tables][kaggle ? 1 : 0];
  const { rows, rejectedLines } = expectedOf(bytes, kinds, quoteEscape);
  const written = rows.map((row) =>
    row.map((value, index) => canonical(value, kinds[index]!, header[index]!, kaggle)),
  );
  const { kept, repeated, conflicts } = settle(
    written,
    source.key.map((column) => header.indexOf(column)),
  );

  await lab.session.execute('delete from rejected');
  const [loaded] = await lab.load(folderOf({ [file]: bytes }), [source], { maxRejects: { share: 1 } });
  expect(loaded).toMatchObject({
    rows: kept.length,
    rejectedRows: rejectedLines.length + conflicts,
    repeatedRows: repeated,
    overruledRows: 0,
  });
  const lines = (await lab.rejects()).map(([line]) => line);
  expect(lines.length).toBe(rejectedLines.length + conflicts);
  expect(lines).toEqual(expect.arrayContaining([...rejectedLines]));
  expect(new Set(lines).size).toBe(lines.length);
  const data = header
    .map((column) => (column === 'timestamp' ? '"timestamp"::varchar' : `"${column}"`))
    .join(', ');
  const table = (await lab.session.query(`select ${data} from ${name}`)).map((row) =>
    Object.values(row).map((value) => (value === null ? null : String(value))),
  );
  expect(sorted(table)).toEqual(sorted(kept));
}

function sorted(rows: readonly (readonly (string | null)[])[]): readonly string[] {
  return rows.map((row) => JSON.stringify(row)).sort();
}

/** One row of each key if all rows of the key are alike, none if not. */
function settle(rows: readonly (readonly (string | null)[])[], key: readonly number[]) {
  if (key.length === 0) return { kept: rows, repeated: 0, conflicts: 0 };
  const groups = new Map<string, (readonly (string | null)[])[]>();
  for (const row of rows) {
    const text = JSON.stringify(key.map((index) => row[index]));
    groups.set(text, [...(groups.get(text) ?? []), row]);
  }
  const all = [...groups.values()];
  const alike = all.filter((group) => new Set(group.map((row) => JSON.stringify(row))).size === 1);
  const kept = alike.map((group) => group[0]!);
  const alikeRows = alike.reduce((sum, group) => sum + group.length, 0);
  return { kept, repeated: alikeRows - kept.length, conflicts: rows.length - alikeRows };
}
