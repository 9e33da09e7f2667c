import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { integer, source, text } from '@matinee/core';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readingOf } from '../../src/reading/reading.js';
import { scanFile } from '../../src/scan/scan-file.js';
import { Scanner } from '../../src/scan/scanner.js';
import type { RecordSink } from '../../src/scan/sink.js';

const notes = source({
  name: 'notes',
  description: 'A number, a text, and a number that may be missing.',
  columns: { id: integer(), note: text(), other: integer().nullable() },
  key: ['id'],
  shapes: [{ name: 'plain', file: 'notes.csv', header: ['id', 'note', 'other'] }],
});
const reading = readingOf(notes, notes.shapes[0]!);
const HEADER = 'id,note,other\n';
/** Not UTF-8: it sends the whole block that it stands in to the slow lane. */
const SPOILER = Buffer.concat([Buffer.from('1,'), Buffer.from([0xff]), Buffer.from(',1\n')]);

/** What a scan hands over, in order: the lines and bytes of records that fit, the lines and reasons of others. */
async function scan(content: Uint8Array) {
  const folder = mkdtempSync(join(tmpdir(), 'matinee-scan-'));
  const path = join(folder, 'notes.csv');
  writeFileSync(path, content);
  const found: (readonly [line: number, what: string])[] = [];
  const sink: RecordSink = {
    block: () => undefined,
    accept: (bytes, from, to, line) =>
      found.push([line, Buffer.from(bytes.subarray(from, to)).toString().trimEnd()]),
    rewrite: () => expect.unreachable('Nothing in this dialect has to be rewritten.'),
    reject: ({ line, column, reason }) => found.push([line, `! ${column}: ${reason}`]),
  };
  const scanner = new Scanner(reading, sink);
  try {
    await scanFile(path, scanner);
  } finally {
    rmSync(folder, { recursive: true });
  }
  return { found, scanner };
}

describe('a scan', () => {
  it('judges a record alike in the fast lane and in the slow one', async () => {
    const piece = fc.constantFrom(
      '1',
      '-7',
      '+3',
      '007',
      '',
      '"',
      '""',
      ',',
      '\n',
      '\r\n',
      '\r',
      'a',
      'é',
      ' ',
      '.5',
      '1e3',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 40 }), async (pieces) => {
        const body = Buffer.from(`${HEADER}${pieces.join('')}\n`);
        const fast = await scan(Buffer.concat([body, Buffer.from('1,x,1\n')]));
        const slow = await scan(Buffer.concat([body, SPOILER]));
        expect(slow.found.slice(0, -1)).toEqual(fast.found.slice(0, -1));
      }),
      { numRuns: Number(process.env.MATINEE_PROPERTY_RUNS ?? 100) },
    );
  });

  it('finds the records of csv-parse across the borders of its blocks', async () => {
    const note = (id: number) =>
      id % 7 === 0 ? `"line\nbreak ""${id}"" ${'x'.repeat(id % 900)}"` : `note ${id}`;
    const lines = Array.from({ length: 40_000 }, (_, id) => `${id},${note(id)},${id % 3 ? id : ''}\r\n`);
    const content = HEADER + lines.join('');
    expect(content.length).toBeGreaterThan(3 * 1_048_576);
    const { found, scanner } = await scan(Buffer.from(content));
    const records = parse(content, { from_line: 2, record_delimiter: ['\r\n', '\n'] }) as string[][];
    expect(scanner.records).toBe(records.length);
    expect(scanner.rejected).toBe(0);
    expect(found.at(-1)).toEqual([content.trimEnd().split('\n').length, '39999,note 39999,']);
    // The first that differs, for a difference of 40,000 records helps nobody.
    const read = parse(found.map(([, record]) => record).join('\r\n'), {
      record_delimiter: '\r\n',
    }) as string[][];
    expect(read.length).toBe(records.length);
    expect(read.find((record, index) => String(record) !== String(records[index]))).toBeUndefined();
  });

  it.each(['\n', '\r\n'])('passes over blank lines, and counts millions of them: %j', async (lineEnd) => {
    const many = lineEnd.repeat(8_000_000);
    for (const spoiler of [Buffer.alloc(0), SPOILER]) {
      const { found, scanner } = await scan(
        Buffer.concat([Buffer.from(`${HEADER}1,a,1\n${many}x,b,2\n3,c,3\n${lineEnd}`), spoiler]),
      );
      expect(found.slice(0, 3)).toEqual([
        [2, '1,a,1'],
        [8_000_003, expect.stringMatching(/^! id: /)],
        [8_000_004, '3,c,3'],
      ]);
      expect(scanner.records).toBe(2);
    }
  });

  it('resumes behind a quote that stays open for more than a block', async () => {
    const rest = Array.from({ length: 150_000 }, (_, id) => `${id},plain text,${id}\n`).join('');
    const { found, scanner } = await scan(Buffer.from(`${HEADER}1,"open,1\n${rest}`));
    expect(found[0]).toEqual([2, '! note: A quoted value is not closed.']);
    expect(found[1]).toEqual([3, '0,plain text,0']);
    expect(scanner.records).toBe(150_000);
  });
});

describe('rising keys', () => {
  const ascend = async (...ids: (number | string)[]) =>
    (await scan(Buffer.from(HEADER + ids.map((id) => `${id},x,\n`).join('')))).scanner.keysAscend;

  it('are proof that none comes twice', async () => {
    expect(await ascend(0, 1, 5, 999_999_999, 1_000_000_000)).toBe(true);
  });

  it('are no proof if one stays or falls, or is too large to compare', async () => {
    expect(await ascend(1, 1)).toBe(false);
    expect(await ascend(2, 1, 3)).toBe(false);
    expect(await ascend(1, '3000000000')).toBe(false);
    expect(await ascend(1, '"1"')).toBe(false);
  });

  it('count for records that fit alone, though the fast lane had begun on another', async () => {
    expect(await ascend(1, '9,"x",,', 2, '"3"', 4)).toBe(true);
  });
});

it('a scan without sink stops at the first record that does not fit', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'matinee-scan-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'notes.csv');
  writeFileSync(path, `${HEADER}1,a,1\n3.7,b,2\n4,c,3\n`);
  const scanner = new Scanner(reading);
  await scanFile(path, scanner);
  expect([scanner.clean, scanner.records]).toEqual([false, 1]);
});
