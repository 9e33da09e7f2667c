import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadAccounted } from './support/accounting.js';
import { folderOf, openLab } from './support/lab.js';
import { allSources } from './support/sources.js';
import { randomTables } from './support/tables.js';
import { asGroupLens, asKaggle, gzipped, type Tables } from './support/write.js';

const RUNS = Number(process.env.MATINEE_PROPERTY_RUNS ?? 12);
const timeout = 60_000 + RUNS * 500;

describe('random tables', () => {
  it('load equal from both shapes, plain and gzipped', { timeout }, async () => {
    const lab = await openLab();
    await fc.assert(
      fc.asyncProperty(randomTables, async (written) => {
        const read: unknown[] = [];
        for (const files of [asGroupLens(written), gzipped(asKaggle(written))]) {
          const loaded = await lab.load(folderOf(files), allSources);
          expect(loaded.map(({ rows }) => rows)).toEqual(
            allSources.map(({ name }) => written[name as keyof Tables].length),
          );
          read.push(await Promise.all(allSources.map((source) => lab.rows(source))));
        }
        expect(read[0]).toEqual(read[1]);
      }),
      { numRuns: RUNS / 2 },
    );
    expect(await lab.rejects()).toEqual([]);
  });
});

describe('a random file of ordinary and odd values', () => {
  const values = [
    ...['1', '2', '007', '+5', '-0', '1.5', ' 5', '', '""', '"3"', 'abc', '1e5', '9223372036854775807', '1.'],
    ...['9223372036854775808', '999999999', '1000000000', '-1', '0.1', '.5', '1e400', '1e-400', 'inf', 'nan'],
    ...[
      '99999999999',
      '100000000000',
      '-9999999999',
      '2015-03-09 22:52:09',
      '"2000-02-29 00:00:00"',
      '2015-02-29',
    ],
    ...[
      '"a,b"',
      '"a""b"',
      '"a\nb"',
      '"a\\"\\"b"',
      '"a\\b"',
      'a\\',
      '"\\\\"',
      'é',
      '\u00e9\u0301',
      '"',
      'a"b',
      '"a"b',
    ],
  ];
  const row = fc
    .array(
      fc.oneof(
        { weight: 3, arbitrary: fc.constantFrom('1', '2', '3.5', '1000', 'x') },
        fc.constantFrom(...values),
      ),
      {
        minLength: 3,
        maxLength: 4,
      },
    )
    .map((cells) => cells.join());
  const file = fc.array(fc.tuple(fc.oneof(row, fc.constant('')), fc.constantFrom('\n', '\n', '\r\n')), {
    maxLength: 15,
  });

  it('is accounted for value by value', { timeout }, async () => {
    const lab = await openLab();
    await fc.assert(
      fc.asyncProperty(
        file,
        fc.constantFrom(...allSources),
        fc.constantFrom('grouplens', 'kaggle'),
        async (lines, source, shape) => {
          const { header } = source.shapes[0]!;
          const content = `${header.join()}\n${lines.flat().join('')}`;
          await loadAccounted(lab, { source, shape, bytes: Buffer.from(content) });
        },
      ),
      { numRuns: RUNS * 2 },
    );
  });
});
