import type { LoadedSource, Source } from '@matinee/core';
import { expect } from 'vitest';
import { folderOf, type Lab } from './lab.js';
import { type Expected, type ExpectedRow, expectedOf, type ReferenceKind } from './reference.js';
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

/** A file's bytes, and the source and shape that they were loaded as. */
export interface LoadedBytes {
  readonly source: Source;
  readonly shape: string;
  readonly bytes: Uint8Array;
}

/** Loads a file, and holds what became of it against the reference. */
export async function loadAccounted(lab: Lab, file: LoadedBytes): Promise<void> {
  const { source, shape, bytes } = file;
  const name = source.shapes.find((each) => each.name === shape)!.file;
  await lab.session.execute('delete from rejected');
  const [loaded] = await lab.load(folderOf({ [name]: bytes }), [source], { maxRejects: { share: 1 } });
  await expectAccounted(lab, file, loaded!);
}

/** Holds a loaded file against what the reference says of its bytes: counts, every value, and every reject. */
export async function expectAccounted(lab: Lab, file: LoadedBytes, loaded: LoadedSource): Promise<void> {
  const { source, shape, bytes } = file;
  const { header, escape: quoteEscape = '"' } = source.shapes.find((each) => each.name === shape)!;
  const kaggle = shape === 'kaggle';
  const kinds = KINDS[source.name as keyof Tables][kaggle ? 1 : 0];
  const expected = expectedOf(bytes, kinds, quoteEscape);
  const written = expected.rows.map((row) => ({
    ...row,
    values: row.values.map((value, index) => canonical(value, kinds[index]!, header[index]!, kaggle)),
  }));
  const key = source.key.map((column) => header.indexOf(column));
  const { kept, repeated, conflicts } = settle(written, key);

  expect(loaded.rows + loaded.rejectedRows + loaded.repeatedRows + loaded.overruledRows).toBe(
    expected.rows.length + expected.rejects.length,
  );
  expect(loaded).toMatchObject({
    rows: kept.length,
    rejectedRows: expected.rejects.length + conflicts.length,
    repeatedRows: repeated,
    overruledRows: 0,
  });
  expectRejects(await lab.rejects(), expected, conflicts, header);
  const data = header
    .map((column) => (column === 'timestamp' ? '"timestamp"::varchar' : `"${column}"`))
    .join(', ');
  const table = (await lab.session.query(`select ${data} from "${source.name}"`)).map((row) =>
    Object.values(row).map((value) => (value === null ? null : String(value))),
  );
  expect(sorted(table)).toEqual(sorted(kept.map(({ values }) => values)));
}

/** Line, raw text and, where the reference knows it, column of every reject, conflicts of keys included. */
function expectRejects(
  found: Awaited<ReturnType<Lab['rejects']>>,
  { rejects }: Expected,
  conflicts: readonly ExpectedRow[],
  header: readonly string[],
): void {
  const expected = [
    ...rejects.map(
      ({ line, field, raw }) => [line, typeof field === 'number' ? header[field] : field, raw] as const,
    ),
    ...conflicts.map(({ line, raw }) => [line, undefined, raw] as const),
  ].sort(([one], [other]) => one - other);
  // The driver takes a byte order mark away that a text begins with.
  const unmarked = (raw: unknown) => String(raw).replace(/^\ufeff/, '');
  expect(found.map(([line, , , raw]) => [line, unmarked(raw)])).toEqual(
    expected.map(([line, , raw]) => [line, unmarked(raw)]),
  );
  for (const [index, [, name, reason]] of found.entries()) {
    const wanted = expected[index]![1];
    if (wanted !== undefined) expect([index, name]).toEqual([index, wanted]);
    expect(reason).toMatch(/^\S.*\.$/s);
  }
}

function sorted(rows: readonly (readonly (string | null)[])[]): readonly string[] {
  return rows.map((row) => JSON.stringify(row)).sort();
}

/** One row of each key if all rows of the key are alike, none if not. */
function settle(rows: readonly ExpectedRow[], key: readonly number[]) {
  if (key.length === 0) return { kept: rows, repeated: 0, conflicts: [] };
  const groups = new Map<string, ExpectedRow[]>();
  for (const row of rows) {
    const text = JSON.stringify(key.map((index) => row.values[index]));
    groups.set(text, [...(groups.get(text) ?? []), row]);
  }
  const isAlike = (group: readonly ExpectedRow[]) =>
    new Set(group.map(({ values }) => JSON.stringify(values))).size === 1;
  const alike = [...groups.values()].filter(isAlike);
  return {
    kept: alike.map((group) => group[0]!),
    repeated: alike.reduce((sum, group) => sum + group.length - 1, 0),
    conflicts: [...groups.values()].filter((group) => !isAlike(group)).flat(),
  };
}
