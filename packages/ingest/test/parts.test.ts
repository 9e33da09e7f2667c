import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { NodeResult, RunResult } from '@matinee/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Depot, openDepot } from './support/depot.js';
import { folderOf } from './support/lab.js';
import { ratings, tags } from './support/sources.js';

function loadedNode(result: RunResult, name = 'ratings'): NodeResult {
  const node = result.nodes.find((one) => one.node === name);
  if (!node) throw new Error(`Nothing was done about ${name}.`);
  expect(node.error?.message).toBeUndefined();
  return node;
}

const many = (user: number) => Array.from({ length: 50 }, (_, index) => `${user},${index},3,${index}`);

async function twoParts(): Promise<Depot> {
  const depot = await openDepot();
  depot.write('ratings/a.csv', many(1));
  depot.write('ratings/b.csv', many(2));
  loadedNode(await depot.load());
  return depot;
}

describe('a source in parts', () => {
  it('is loaded part by part: a new file adds its rows', async () => {
    const depot = await twoParts();
    depot.write('ratings/c.csv', ['3,1,5,10', '3,2,4.5,10']);
    const result = loadedNode(await depot.load());
    expect(result).toMatchObject({
      rows: 102,
      reason: 'file new',
      increment: { touchedRows: 0, newRows: 2 },
    });
    expect(result.load?.files.map(({ path }) => path)).toEqual(['ratings/c.csv']);
    expect(
      await depot.session.query(`select * from lab.ratings where userId = 3 order by movieId`),
    ).toMatchObject([
      { movieId: 1, rating: 5, _file: 'ratings/c.csv' },
      { movieId: 2, rating: 4.5, _file: 'ratings/c.csv' },
    ]);
    expect(await depot.files()).toEqual([
      { file: 'ratings/a.csv', row_count: 50, rejected_rows: 0, lost: 0 },
      { file: 'ratings/b.csv', row_count: 50, rejected_rows: 0, lost: 0 },
      { file: 'ratings/c.csv', row_count: 2, rejected_rows: 0, lost: 0 },
    ]);
    expect((await depot.session.query('select distinct _load from lab.ratings')).length).toBe(2);
  });

  it('has exactly the rows of a changed file replaced', async () => {
    const depot = await twoParts();
    depot.write('ratings/c.csv', ['3,1,5,10', '3,2,4,10']);
    await depot.load();
    depot.write('ratings/c.csv', ['3,2,1,10', '4,1,2,10', 'x,1,1,1']);
    const result = loadedNode(await depot.load());
    expect(result).toMatchObject({ rows: 102, increment: { touchedRows: 2, newRows: 2 } });
    expect((await depot.rows()).slice(100)).toEqual([
      { userId: 3, movieId: 2, rating: 1, _file: 'ratings/c.csv' },
      { userId: 4, movieId: 1, rating: 2, _file: 'ratings/c.csv' },
    ]);
    expect((await depot.files()).at(-1)).toEqual({
      file: 'ratings/c.csv',
      row_count: 2,
      rejected_rows: 1,
      lost: 0,
    });
  });

  it('does nothing when nothing has changed', async () => {
    const depot = await twoParts();
    const result = await depot.load();
    expect(loadedNode(result)).toMatchObject({ status: 'reused', action: 'reuse' });
    expect(await depot.session.query('select count(*) as runs from _matinee.runs')).toEqual([{ runs: 1 }]);
  });

  it('keeps the rows of a file that is gone and says so, until it is pruned', async () => {
    const depot = await twoParts();
    depot.remove('ratings/a.csv');
    expect(loadedNode(await depot.load())).toMatchObject({ status: 'reused', rows: 100 });
    expect(depot.warnings).toEqual([
      `ratings: ratings/a.csv is gone from ${depot.folder}; the rows stay until --prune lets them go.`,
    ]);
    expect(loadedNode(await depot.load({ prune: true }))).toMatchObject({
      rows: 50,
      reason: 'file gone',
      increment: { touchedRows: 50, newRows: 0 },
    });
    expect(depot.warnings).toEqual([]);
    expect((await depot.files()).length).toBe(1);
    expect(loadedNode(await depot.load())).toMatchObject({ status: 'reused', rows: 50 });
  });

  it('takes in new files after others have come and gone', async () => {
    const depot = await twoParts();
    depot.write('ratings/c.csv', ['3,1,5,10']);
    await depot.load();
    depot.remove('ratings/c.csv');
    await depot.load({ prune: true });
    depot.write('ratings/d.csv', ['4,1,5,10']);
    expect(loadedNode(await depot.load())).toMatchObject({ rows: 101, increment: { newRows: 1 } });
  });

  it('keeps them while other files come', async () => {
    const depot = await twoParts();
    depot.remove('ratings/a.csv');
    depot.write('ratings/c.csv', ['3,1,5,10']);
    expect(loadedNode(await depot.load())).toMatchObject({ rows: 101, increment: { newRows: 1 } });
    depot.write('ratings/b.csv', many(5));
    depot.write('ratings/c.csv', many(6));
    const all = loadedNode(await depot.load());
    expect(all).toMatchObject({ rows: 150 });
    expect(all.increment).toBeUndefined();
    expect(
      await depot.session.query(
        'select distinct cast(_file as varchar) as file from lab.ratings order by file',
      ),
    ).toEqual([{ file: 'ratings/a.csv' }, { file: 'ratings/b.csv' }, { file: 'ratings/c.csv' }]);
    depot.remove('ratings/c.csv');
    await depot.load();
    expect(depot.warnings.at(-1)).toContain('ratings/a.csv and 1 more file are gone from');
  });

  it('of another place replaces all that came from the first', async () => {
    const depot = await twoParts();
    const other = await openDepot();
    other.write('ratings/a.csv', ['7,7,3,7']);
    expect(loadedNode(await depot.load({ folder: other.folder }))).toMatchObject({ rows: 1 });
    expect(depot.warnings).toEqual([]);
    expect(await depot.rows()).toEqual([{ userId: 7, movieId: 7, rating: 3, _file: 'ratings/a.csv' }]);
  });

  it('that has moved as a whole is the same delivery', async () => {
    const depot = await twoParts();
    const moved = `${depot.folder}-moved`;
    renameSync(depot.folder, moved);
    expect(loadedNode(await depot.load({ folder: moved }))).toMatchObject({ status: 'reused' });
    rmSync(`${moved}/ratings/a.csv`);
    expect(loadedNode(await depot.load({ folder: moved }))).toMatchObject({ status: 'reused', rows: 100 });
    expect(depot.warnings.length).toBe(1);
  });

  it('that is packed is the same part', async () => {
    const depot = await openDepot();
    const header = 'userId,movieId,tag,timestamp';
    depot.write('tags/a.csv', ['1,1,x,1'], header);
    depot.write('tags/b.csv', ['1,1,y,1', '1,1,z,1'], header);
    await depot.load({ sources: [tags] });
    writeFileSync(`${depot.folder}/tags/a.csv.gz`, gzipSync(`${header}\n1,1,x,1\n`));
    depot.remove('tags/a.csv');
    expect(loadedNode(await depot.load({ sources: [tags] }), 'tags')).toMatchObject({ rows: 3 });
    expect(depot.warnings).toEqual([]);
  });
});

describe('a source in one file', () => {
  it('is loaded anew when the file changes, and keeps nothing of a file by another of its names', async () => {
    const depot = await openDepot();
    depot.write('ratings.csv', many(1));
    await depot.load();
    depot.write('ratings.csv', ['1,1,3,1']);
    expect(loadedNode(await depot.load())).toMatchObject({ rows: 1 });
    depot.remove('ratings.csv');
    depot.write('rating.csv', ['2,2,3,1970-01-01 00:00:00']);
    expect(loadedNode(await depot.load())).toMatchObject({ rows: 1 });
    expect(depot.warnings).toEqual([]);
    expect(await depot.rows()).toEqual([{ userId: 2, movieId: 2, rating: 3, _file: 'rating.csv' }]);
  });

  it('becomes one in parts when others come beside it', async () => {
    const depot = await openDepot();
    depot.write('ratings.csv', many(1));
    await depot.load();
    depot.write('ratings/late.csv', ['9,9,3,1']);
    expect(loadedNode(await depot.load())).toMatchObject({ rows: 51, increment: undefined });
    depot.write('ratings/later.csv', ['9,8,3,1']);
    expect(loadedNode(await depot.load())).toMatchObject({ rows: 52, increment: { newRows: 1 } });
  });
});

describe('a key in two parts', () => {
  it('has the row of the last path; the other comes to light once that is gone', async () => {
    const depot = await twoParts();
    depot.write('ratings/c.csv', ['1,0,5,99', '2,0,3,0', '3,3,3,3']);
    expect(loadedNode(await depot.load())).toMatchObject({
      rows: 101,
      load: { rows: 101, repeatedRows: 1, overruledRows: 1 },
    });
    expect((await depot.rows()).slice(0, 1)).toEqual([
      { userId: 1, movieId: 0, rating: 5, _file: 'ratings/c.csv' },
    ]);
    expect(await depot.files()).toMatchObject([
      { row_count: 49, lost: 1 },
      { row_count: 49, lost: 1 },
      { row_count: 3, lost: 0 },
    ]);
    depot.write('ratings/d.csv', many(8));
    await depot.load();
    depot.remove('ratings/c.csv');
    await depot.load({ prune: true });
    expect((await depot.rows()).slice(0, 1)).toEqual([
      { userId: 1, movieId: 0, rating: 3, _file: 'ratings/a.csv' },
    ]);
    expect(await depot.files()).toMatchObject([
      { row_count: 50, lost: 0 },
      { row_count: 50, lost: 0 },
      { row_count: 50, lost: 0 },
    ]);
  });

  it('whose path comes first adds nothing', async () => {
    const depot = await twoParts();
    depot.write('ratings/0.csv', ['1,0,5,99', '3,3,3,3']);
    expect(loadedNode(await depot.load())).toMatchObject({ rows: 101, load: { overruledRows: 1 } });
    expect((await depot.rows()).slice(0, 1)).toEqual([
      { userId: 1, movieId: 0, rating: 3, _file: 'ratings/a.csv' },
    ]);
  });
});

describe('loads of parts', () => {
  const RUNS = Number(process.env.MATINEE_PROPERTY_RUNS ?? 3);
  const row = fc
    .record({
      user: fc.integer({ min: 1, max: 3 }),
      movie: fc.integer({ min: 1, max: 3 }),
      rating: fc.integer({ min: 1, max: 3 }),
      isBroken: fc.oneof(
        { weight: 9, arbitrary: fc.constant(false) },
        { weight: 1, arbitrary: fc.constant(true) },
      ),
    })
    .map(({ user, movie, rating, isBroken }) => `${isBroken ? 'x' : user},${movie},${rating},7`);
  const change = fc.record({
    path: fc.constantFrom('ratings/a.csv', 'ratings/b.csv', 'ratings/sub/c.csv', 'ratings.csv'),
    rows: fc.option(fc.array(row, { maxLength: 6 }), { freq: 4 }),
  });
  const steps = fc.array(fc.array(change, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 5 });

  it('give what one load of all files gives, row by row and file by file', {
    timeout: RUNS * 10_000,
  }, async () => {
    let increments = 0;
    await fc.assert(
      fc.asyncProperty(steps, async (sequence) => {
        const depot = await openDepot();
        const delivered = new Map<string, readonly string[]>([
          ['ratings/big.csv', Array.from({ length: 60 }, (_, index) => `9,${index},1,1`)],
        ]);
        depot.write('ratings/big.csv', delivered.get('ratings/big.csv') ?? []);
        loadedNode(await depot.load());
        for (const changes of sequence) {
          for (const { path, rows } of changes) {
            if (rows) depot.write(path, rows);
            else if (delivered.has(path)) depot.remove(path);
            if (rows) delivered.set(path, rows);
            else delivered.delete(path);
          }
          increments += loadedNode(await depot.load({ prune: true })).increment ? 1 : 0;
          const anew = await openDepot();
          loadedNode(await anew.load({ folder: depot.folder }));
          expect(await depot.rows()).toEqual(await anew.rows());
          expect(await depot.files()).toEqual(await anew.files());
          const accounts = (await depot.files()) as readonly Record<string, number>[];
          for (const { file, row_count = 0, rejected_rows = 0, lost = 0 } of accounts)
            expect(row_count + rejected_rows + lost).toBe(delivered.get(String(file))?.length);
        }
        const leftovers = await depot.session.query(
          "select table_name from information_schema.tables where table_schema = 'lab' and table_name <> 'ratings'",
        );
        expect(leftovers).toEqual([]);
      }),
      { numRuns: RUNS },
    );
    expect(increments).toBeGreaterThan(RUNS / 2);
  });
});

describe('a load of parts that fails', () => {
  it('leaves no table of those that went well', async () => {
    const depot = await openDepot();
    const sources = [ratings, tags];
    const header = 'userId,movieId,tag,timestamp';
    const write = (rows: readonly string[]) => {
      depot.write('ratings/b.csv', rows);
      depot.write('tags/b.csv', rows, header);
    };
    depot.write('ratings/a.csv', many(1));
    depot.write('tags/a.csv', many(1), header);
    await depot.load({ sources });
    write(['x,1,1,1']);
    const result = await depot.load({ sources, maxRejects: { rows: 0 } });
    expect(result.status).toBe('failed');
    const tables = await depot.session.query(
      "select table_name as name from information_schema.tables where table_schema = 'lab' order by name",
    );
    expect(tables).toEqual([{ name: 'ratings' }, { name: 'tags' }]);
    expect(await depot.session.query('select count(*) as n from lab.tags')).toEqual([{ n: 50 }]);
  });

  it('leaves everything as it was', async () => {
    const depot = await twoParts();
    const before = await depot.rows();
    depot.write('ratings/c.csv', ['1,0,5,99'], 'userId,movieId');
    await expect(depot.load()).rejects.toThrow();
    depot.write('ratings/c.csv', ['1,0,5,99']);
    const result = await depot.load({ folder: folderOf() }).catch((error: Error) => error.message);
    expect(result).toContain('ratings');
    expect(await depot.rows()).toEqual(before);
  });
});
