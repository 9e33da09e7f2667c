import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectAccounted } from './support/accounting.js';
import { folderOf, openLab } from './support/lab.js';
import { allSources } from './support/sources.js';
import { asGroupLens, asKaggle, gzipped, type Tables } from './support/write.js';

const RUNS = Number(process.env.MATINEE_TEST_RUNS ?? 40);

const id = fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: -5, max: 2 ** 31 }));
const seconds = fc.integer({ min: -62_135_596_800, max: 253_402_300_799 });
const nasty = [
  'a',
  'B',
  ' ',
  ',',
  '"',
  '""',
  '\n',
  '\r\n',
  '\r',
  '\\',
  "'",
  ';',
  '\t',
  'é',
  '日',
  '🎬',
  'NA',
  '0',
  '|',
  '',
];
const text = fc.array(fc.constantFrom(...nasty), { maxLength: 8 }).map((pieces) => pieces.join(''));
const double = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);

const uniqueBy = <T>(row: fc.Arbitrary<T>, key: (row: T) => string) =>
  fc.uniqueArray(row, { selector: key, maxLength: 12 });

const tables: fc.Arbitrary<Tables> = fc.record({
  ratings: uniqueBy(
    fc.record({ userId: id, movieId: id, rating: double, timestamp: seconds }),
    (row) => `${row.userId} ${row.movieId}`,
  ),
  tags: fc.array(fc.record({ userId: id, movieId: id, tag: text, timestamp: seconds }), { maxLength: 12 }),
  movies: uniqueBy(fc.record({ movieId: id, title: text, genres: text }), (row) => String(row.movieId)),
  links: uniqueBy(
    fc.record({
      movieId: id,
      imdbId: fc.integer({ min: 1, max: 99_999_999 }).map(String),
      tmdbId: fc.option(id),
    }),
    (row) => String(row.movieId),
  ),
  scores: uniqueBy(
    fc.record({ movieId: id, tagId: id, relevance: double }),
    (row) => `${row.movieId} ${row.tagId}`,
  ),
});

/** Replace, insert or take away some bytes somewhere. */
const damage = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    taken: fc.integer({ min: 0, max: 3 }),
    put: fc.array(fc.constantFrom(...Buffer.from('"",,\n\r\\ 019-+.eax'), 0, 0x80, 0xc3, 0xa9, 0xff), {
      maxLength: 3,
    }),
  }),
  { minLength: 1, maxLength: 4 },
);

describe('random tables', () => {
  it('load equal from both shapes, plain and gzipped', async () => {
    const lab = await openLab();
    await fc.assert(
      fc.asyncProperty(tables, async (written) => {
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

describe('random damage', () => {
  for (const [shape, write] of [
    ['grouplens', asGroupLens],
    ['kaggle', asKaggle],
  ] as const) {
    it(`loses no row silently: ${shape}`, async () => {
      const lab = await openLab();
      await fc.assert(
        fc.asyncProperty(
          tables,
          fc.constantFrom(...allSources),
          damage,
          fc.boolean(),
          async (written, source, blows, unix) => {
            const { file } = source.shapes.find(({ name }) => name === shape)!;
            const whole = Buffer.from(write(written)[file]!);
            let bytes = unix
              ? Buffer.from(whole.toString('latin1').replaceAll('\r\n', '\n'), 'latin1')
              : whole;
            const body = bytes.indexOf(10) + 1;
            for (const { at, taken, put } of blows) {
              const place = body + Math.floor(at * (bytes.length - body));
              bytes = Buffer.concat([
                bytes.subarray(0, place),
                Buffer.from(put),
                bytes.subarray(place + taken),
              ]);
            }
            await expectAccounted(lab, source.name, shape, bytes);
          },
        ),
        { numRuns: RUNS },
      );
    });
  }

  it('anywhere, the header included, is either loaded or a LoadError', async () => {
    const lab = await openLab();
    await fc.assert(
      fc.asyncProperty(tables, damage, fc.boolean(), async (written, blows, gzip) => {
        const shape = gzip ? gzipped(asGroupLens(written)) : asGroupLens(written);
        const [file, content] = Object.entries(shape).find(([name]) => name.startsWith('tags'))!;
        let bytes = Buffer.from(content);
        for (const { at, taken, put } of blows) {
          const place = Math.floor(at * bytes.length);
          bytes = Buffer.concat([bytes.subarray(0, place), Buffer.from(put), bytes.subarray(place + taken)]);
        }
        const [, tags] = allSources;
        const ended = await lab.load(folderOf({ [file]: bytes }), [tags], { maxRejects: { share: 1 } }).then(
          ([loaded]) => loaded!.files[0]!.path,
          (error: Error) => error.name,
        );
        expect([file, 'LoadError']).toContain(ended);
      }),
      { numRuns: RUNS },
    );
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

  it('is accounted for value by value', async () => {
    const lab = await openLab();
    await fc.assert(
      fc.asyncProperty(
        file,
        fc.constantFrom(...allSources),
        fc.constantFrom('grouplens', 'kaggle'),
        async (lines, source, shape) => {
          const { header } = source.shapes[0]!;
          const content = `${header.join()}\n${lines.flat().join('')}`;
          await expectAccounted(lab, source.name, shape, Buffer.from(content));
        },
      ),
      { numRuns: RUNS * 2 },
    );
  });
});
