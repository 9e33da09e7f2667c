import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { LoadedSource, MatineeError, Source } from '@matinee/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectAccounted } from './support/accounting.js';
import { archive, archiveBlows, blows, place, strike } from './support/damage.js';
import { errorOf, folderOf, type Lab, openLab, writeFiles } from './support/lab.js';
import { hasRealFiles, readRealTables } from './support/real-files.js';
import { hasHeader } from './support/reference.js';
import { allSources } from './support/sources.js';
import { randomTables } from './support/tables.js';
import { asGroupLens, asKaggle, type Tables } from './support/write.js';

const RUNS = Number(process.env.MATINEE_PROPERTY_RUNS ?? 15);
/** Milliseconds, after which the smallest failure found so far is told. */
const LIMIT = 60_000 + RUNS * 500;
const timeout = LIMIT + 30_000;
const parameters = (runs: number) => ({
  numRuns: runs,
  interruptAfterTimeLimit: LIMIT,
  markInterruptAsFailure: true,
});

const SHAPES = { grouplens: asGroupLens, kaggle: asKaggle };
type ShapeName = keyof typeof SHAPES;

const real = hasRealFiles ? readRealTables() : undefined;

/** Some rows in a row of each real file. */
const realTables = (tables: Tables): fc.Arbitrary<Tables> =>
  fc.record({ at: place, rows: fc.nat(40) }).map(
    ({ at, rows }) =>
      Object.fromEntries(
        Object.entries(tables).map(([name, all]) => {
          const from = Math.floor(at * all.length);
          return [name, all.slice(from, from + rows)];
        }),
      ) as unknown as Tables,
  );

/** A delivered file before anything happens to it. */
interface Whole {
  readonly source: Source;
  readonly shape: ShapeName;
  readonly file: string;
  readonly bytes: Buffer;
}

const whole: fc.Arbitrary<Whole> = fc
  .tuple(
    real ? fc.oneof(randomTables, realTables(real)) : randomTables,
    fc.constantFrom(...allSources),
    fc.constantFrom(...(Object.keys(SHAPES) as ShapeName[])),
  )
  .map(([tables, source, shape]) => {
    const { file } = source.shapes.find(({ name }) => name === shape)!;
    return { source, shape, file, bytes: Buffer.from(SHAPES[shape](tables)[file]!) };
  });

/** Loads a single file. @returns what the loader says, or the error that it fails with. */
async function loadFile(
  lab: Lab,
  folder: string,
  file: string,
  source: Source,
  bytes: Uint8Array,
): Promise<LoadedSource | MatineeError> {
  await lab.session.execute('delete from rejected');
  writeFiles(folder, { [file]: bytes });
  try {
    const [loaded] = await lab.load(folder, [source], { maxRejects: { share: 1 } });
    return loaded!;
  } catch (error) {
    return error as MatineeError;
  } finally {
    rmSync(join(folder, file));
  }
}

function expectLoadError(error: LoadedSource | MatineeError, ...codes: readonly string[]): void {
  expect(error).toMatchObject({ name: 'LoadError', hint: expect.stringMatching(/\.$/) });
  expect(codes).toContain((error as MatineeError).code);
}

describe('a damaged file is loaded to the last row, or not at all:', () => {
  it('damage behind the header', { timeout }, async () => {
    const lab = await openLab();
    const folder = folderOf();
    await fc.assert(
      fc.asyncProperty(whole, blows, async ({ source, shape, file, bytes }, hits) => {
        const header = bytes.indexOf(10) + 1;
        const damaged = hits
          .filter(({ kind }) => kind !== 'mark')
          .reduce<Buffer>((before, hit) => strike(before, hit, header), bytes);
        const loaded = await loadFile(lab, folder, file, source, damaged);
        if (loaded instanceof Error) throw loaded;
        await expectAccounted(lab, { source, shape, bytes: damaged }, loaded as LoadedSource);
      }),
      parameters(RUNS * 2),
    );
  });

  it('damage anywhere', { timeout }, async () => {
    const lab = await openLab();
    const folder = folderOf();
    await fc.assert(
      fc.asyncProperty(whole, blows, async ({ source, shape, file, bytes }, hits) => {
        const damaged = hits.reduce<Buffer>((before, hit) => strike(before, hit), bytes);
        const { header, escape: quoteEscape = '"' } = source.shapes.find(({ name }) => name === shape)!;
        const loaded = await loadFile(lab, folder, file, source, damaged);
        if (!hasHeader(damaged, header, quoteEscape)) return expectLoadError(loaded, 'LOAD_HEADER');
        if (loaded instanceof Error) throw loaded;
        await expectAccounted(lab, { source, shape, bytes: damaged }, loaded as LoadedSource);
      }),
      parameters(RUNS),
    );
  });

  it('damage to what is in an archive, and to the archive', { timeout }, async () => {
    const lab = await openLab();
    const folder = folderOf();
    await fc.assert(
      fc.asyncProperty(
        whole,
        fc.oneof(fc.constant([]), blows),
        place,
        fc.constantFrom(0, 0, 0, 1, 70_000),
        archiveBlows,
        async ({ source, shape, file, bytes }, hits, splitAt, padding, archiveHits) => {
          const header = bytes.indexOf(10) + 1;
          const content = hits
            .filter(({ kind }) => kind !== 'mark')
            .reduce<Buffer>((before, hit) => strike(before, hit, header), bytes);
          const members = archive(content, splitAt);
          const intact = Buffer.concat(members);
          const padded = Buffer.concat([members[0], Buffer.alloc(padding), members[1]]);
          const packed = archiveHits.reduce<Buffer>((before, hit) => strike(before, hit), padded);
          const loaded = await loadFile(lab, folder, `${file}.gz`, source, packed);
          if (loaded instanceof Error) {
            expect(packed.equals(intact), loaded.message).toBe(false);
            return expectLoadError(loaded, 'LOAD_GZIP', 'LOAD_HEADER');
          }
          // Nobody can tell that a file ends between two members of more.
          const behind = packed.subarray(members[0].length);
          const isFirstOnly =
            packed.subarray(0, members[0].length).equals(members[0]) && behind.every((byte) => byte === 0);
          const left = isFirstOnly ? content.subarray(0, Math.floor(splitAt * content.length)) : content;
          await expectAccounted(lab, { source, shape, bytes: left }, loaded as LoadedSource);
        },
      ),
      parameters(RUNS),
    );
  });
});

it('found by it: a header with a backslash in a name is another header', async () => {
  const lab = await openLab();
  const [, , movies] = allSources;
  const load = (header: string) => lab.load(folderOf({ 'movie.csv': `${header}\n1,a,b\n` }), [movies]);
  expect(await load('"movieId","title","genres"')).toMatchObject([{ rows: 1 }]);
  expectLoadError(await errorOf(load('"\\movieId","title","genres"')), 'LOAD_HEADER');
  expectLoadError(await errorOf(load('"movieId","title","gen\\\\res"')), 'LOAD_HEADER');
});
