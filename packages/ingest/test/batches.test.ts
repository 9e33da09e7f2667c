import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { DeliveredFile, Source } from '@matinee/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchesOf } from '../src/load/batches.js';
import { Turns } from '../src/load/turns.js';
import { blows, strike } from './support/damage.js';
import { errorOf, type Files, folderOf, type Lab, openLab, writeFiles } from './support/lab.js';
import { allSources, ratings } from './support/sources.js';
import { randomTables } from './support/tables.js';
import { asGroupLens, asKaggle } from './support/write.js';

const RUNS = Number(process.env.MATINEE_PROPERTY_RUNS ?? 6);
const header = 'userId,movieId,rating,timestamp';
const MEGABYTE = 2 ** 20;

describe('what is loaded together', () => {
  const fileOf = (bytes: number, shape = 'a'): DeliveredFile => {
    return { source: 's', path: '', shape, bytes, modifiedAt: '', version: '', contentVersion: '' };
  };
  const sizes = (files: readonly DeliveredFile[]) => batchesOf(files).map((batch) => batch.length);

  it('is what is small, follows each other and has one shape', () => {
    expect(sizes([])).toEqual([]);
    expect(sizes([fileOf(1), fileOf(0), fileOf(2 * MEGABYTE)])).toEqual([3]);
    expect(sizes([fileOf(1), fileOf(1, 'b'), fileOf(1, 'b'), fileOf(1)])).toEqual([1, 2, 1]);
    expect(sizes([fileOf(1), fileOf(3 * MEGABYTE), fileOf(1), fileOf(1)])).toEqual([1, 1, 2]);
  });

  it('is no more than 256 files and 32 MB', () => {
    expect(sizes(Array.from({ length: 600 }, () => fileOf(1)))).toEqual([256, 256, 88]);
    expect(sizes(Array.from({ length: 40 }, () => fileOf(2 * MEGABYTE)))).toEqual([16, 16, 8]);
  });
});

/** The rows, their files and the rejects that a lab has. */
async function contentOf(lab: Lab, name: string): Promise<readonly unknown[]> {
  const rows = await lab.session.query(`select columns(c -> c not in ('_load')) from ${name} order by all`);
  const rejects = await lab.session.query('select * from rejected order by all');
  return [...rows, ...rejects].map((row) => JSON.stringify(row)).sort();
}

/** Random parts of a source without a key, whole and damaged, plain and packed. */
const delivery = fc
  .tuple(
    fc.constantFrom(...allSources),
    fc.array(fc.tuple(randomTables, fc.oneof(fc.constant([]), blows), fc.boolean(), fc.boolean()), {
      minLength: 2,
      maxLength: 5,
    }),
  )
  .map(([keyed, parts]) => {
    const keyless: Source = Object.assign(Object.create(Object.getPrototypeOf(keyed)), keyed, { key: [] });
    const [grouplens, kaggle] = keyless.shapes.map(({ file }) => file) as [string, string];
    const folder = grouplens.replace('.csv', '');
    const files = parts.map(([tables, hits, quoted, packed], index) => {
      const bytes = Buffer.from((quoted ? asKaggle(tables)[kaggle] : asGroupLens(tables)[grouplens]) ?? '');
      const from = bytes.indexOf(10) + 1;
      const damaged = hits
        .filter(({ kind }) => kind !== 'mark')
        .reduce<Buffer>((before, hit) => strike(before, hit, from), bytes);
      const path = `${folder}/part ${index} [x].csv`;
      return packed ? ([`${path}.gz`, gzipSync(damaged)] as const) : ([path, damaged] as const);
    });
    return { keyless, files };
  });

describe('small files', () => {
  it('load together as each alone, whatever is wrong with them', {
    timeout: 60_000 + RUNS * 500,
  }, async () => {
    const [lab, other] = [await openLab(), await openLab()];
    await fc.assert(
      fc.asyncProperty(delivery, async ({ keyless, files }) => {
        for (const { session } of [lab, other]) await session.execute('delete from rejected');
        const loose = { maxRejects: { share: 1 } };
        const [together] = await lab.load(folderOf(Object.fromEntries(files)), [keyless], loose);
        const alone: unknown[] = [];
        const rows: unknown[] = [];
        for (const [path, bytes] of files) {
          await other.session.execute('delete from rejected');
          const [loaded] = await other.load(folderOf({ [path]: bytes }), [keyless], loose);
          alone.push(...loaded!.files);
          rows.push(...(await contentOf(other, keyless.name)));
        }
        const counts = (found: readonly unknown[]) =>
          (found as DeliveredFile[]).map(({ modifiedAt, version, contentVersion, ...file }) => ({
            ...file,
            seconds: 0,
          }));
        expect(counts(together!.files)).toEqual(counts(alone));
        expect(await contentOf(lab, keyless.name)).toEqual(rows.sort());
      }),
      { numRuns: RUNS },
    );
  });

  const part = (user: number) => `${header}\n${user},1,3.5,86400\n`;
  const parts = (count: number): Files =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`ratings/${index}.csv`, part(index)]));

  it('take a statement for many of them', async () => {
    const lab = await openLab();
    const { session } = lab;
    const inserts: string[] = [];
    const execute = session.execute.bind(session);
    session.execute = (sql) => {
      if (sql.startsWith('insert')) inserts.push(sql);
      return execute(sql);
    };
    expect(await lab.loadOne(ratings, parts(300))).toMatchObject({ rows: 300, rejectedRows: 0 });
    expect(inserts.length).toBe(2);
    const [found] = await session.query(
      `select count(*) as n, count(distinct _file) as files, count_if(_file = 'ratings/' || userId || '.csv') as own from ratings`,
    );
    expect(found).toEqual({ n: 300, files: 300, own: 300 });
  });

  it('one of which has wrong rows leave the others as they are', async () => {
    const lab = await openLab();
    const files = { ...parts(4), 'ratings/2.csv': `${part(2)}x,1,1,1\n` };
    const { files: loaded } = await lab.loadOne(ratings, files);
    expect(loaded.map(({ rows, rejectedRows }) => [rows, rejectedRows])).toEqual([
      [1, 0],
      [1, 0],
      [1, 1],
      [1, 0],
    ]);
    expect((await lab.rejects()).map(([line, column]) => [line, column])).toEqual([[3, 'userId']]);
  });

  it('one of which changes while they are loaded are an error', async () => {
    const lab = await openLab();
    const folder = folderOf(parts(4));
    const onProgress = () => {
      writeFiles(folder, { 'ratings/2.csv': part(9) });
      utimesSync(join(folder, 'ratings/2.csv'), 1, 1);
    };
    const error = await errorOf(lab.load(folder, [ratings], { onProgress }));
    expect(error).toMatchObject({
      code: 'LOAD_FILE_CHANGED',
      message: expect.stringContaining('ratings/2.csv'),
    });
  });
});

describe('turns', () => {
  const never = new AbortController().signal;

  it('are taken in order, so many at once, and given up with the signal', async () => {
    const turns = new Turns(2);
    const begun: number[] = [];
    const ends: (() => void)[] = [];
    const begin = (index: number, signal = never) =>
      turns.run(signal, () => {
        begun.push(index);
        return new Promise<void>((resolve) => ends.push(resolve));
      });
    const abort = new AbortController();
    const works = [begin(0), begin(1), begin(2, abort.signal), begin(3)];
    const given = errorOf(works[2]!);
    abort.abort();
    expect(await given).toMatchObject({ code: 'RUN_INTERRUPTED' });
    expect(begun).toEqual([0, 1]);
    ends[1]!();
    await works[1];
    await new Promise((resolve) => setImmediate(resolve));
    expect(begun).toEqual([0, 1, 3]);
    for (const end of ends) end();
    await Promise.all([works[0], works[3]]);
  });

  it('pass on when a work fails', async () => {
    const turns = new Turns(1);
    const failing = errorOf(turns.run(never, () => Promise.reject(new Error('no'))));
    const next = turns.run(never, async () => 'done');
    expect((await failing).message).toBe('no');
    expect(await next).toBe('done');
  });
});
