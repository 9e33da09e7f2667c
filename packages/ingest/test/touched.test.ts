import { cpSync, readFileSync, renameSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, gzipSync } from 'node:zlib';
import type { RunResult } from '@matinee/core';
import { describe, expect, it } from 'vitest';
import { Folder } from '../src/places/folder.js';
import { type Depot, openDepot } from './support/depot.js';
import { folderOf, writeFiles } from './support/lab.js';

const header = 'userId,movieId,rating,timestamp\n';
const part = (user: number, rating = 3) => `${header}${user},1,${rating},10\n${user},2,${rating},10\n`;

async function depotOf(files: Readonly<Record<string, string | Buffer>>): Promise<Depot> {
  const depot = await openDepot();
  writeFiles(depot.folder, files);
  await depot.load();
  return depot;
}

/** What became of the ratings: the paths that were loaded, or that nothing was. */
function loadedOf({ nodes, status }: RunResult): unknown {
  expect(status).toBe('ok');
  const node = nodes.find((one) => one.node === 'ratings')!;
  return node.load?.files.map(({ path }) => path) ?? node.status;
}

const looks = (depot: Depot) =>
  depot.session.query(
    'select file, version, content_version, checksum, cast(modified_at as varchar) as modified from _matinee.loaded_files order by file',
  );

/** Does something to a file with its times put back as they were. */
function keepingTimes(path: string, change: () => void): void {
  const { atime, mtime } = statSync(path);
  change();
  utimesSync(path, atime, mtime);
}

describe('a file of the local disk with the content that was loaded', () => {
  const touches: Readonly<Record<string, (path: string) => void>> = {
    'has other times': (path) => utimesSync(path, 5, 5),
    'was written again': (path) => writeFileSync(path, readFileSync(path)),
    'was replaced by a copy with the same times': (path) =>
      keepingTimes(path, () => {
        cpSync(path, `${path}_`);
        renameSync(`${path}_`, path);
      }),
  };
  const kinds: Readonly<Record<string, Readonly<Record<string, string | Buffer>>>> = {
    'one file': { 'ratings.csv': part(1) },
    'a packed one': { 'ratings.csv.gz': gzipSync(part(1)) },
    'one with rejected rows': { 'ratings.csv': `${part(1)}x,1,1,1\n` },
    'one of many': { 'ratings/a.csv': part(1), 'ratings/b.csv': part(2), 'ratings/c.csv': part(3) },
  };
  for (const [kind, files] of Object.entries(kinds)) {
    for (const [how, touch] of Object.entries(touches)) {
      it(`${kind}, ${how}: is not loaded again, and is looked at no more the next time`, async () => {
        const depot = await depotOf(files);
        const [before, ...others] = await looks(depot);
        const path = join(depot.folder, String(before!.file));
        touch(path);
        expect(loadedOf(await depot.load())).toBe('reused');
        const [after, ...othersAfter] = await looks(depot);
        const { size, mtime, mtimeNs, ctimeNs, ino } = statSync(path, { bigint: true });
        const [modified] = await depot.session.query(
          `select cast(cast('${mtime.toISOString()}' as timestamp) as varchar) as modified`,
        );
        expect(after).toEqual({ ...before, version: `${size}-${mtimeNs}-${ctimeNs}-${ino}`, ...modified });
        expect(after!.version).not.toBe(before!.version);
        expect(othersAfter).toEqual(others);
        expect(loadedOf(await depot.load())).toBe('reused');
        expect(await depot.session.query('select count(*) as runs from _matinee.runs')).toEqual([
          { runs: 1 },
        ]);
      });
    }
  }

  it('keeps its checksum in the ledger, of the bytes as they were delivered', async () => {
    const files = {
      'ratings/broken.csv': `${part(1)}x,1,1,1\n`,
      'ratings/large.csv': header + '9,1,3,1\n'.repeat(400_000),
      'ratings/no line end.csv': part(2).trimEnd(),
      'ratings/packed.csv.gz': gzipSync(part(3)),
      'ratings/quoted.csv': `${header}"4","1","3","10"\r\n`,
    };
    const depot = await depotOf(files);
    expect((await looks(depot)).map(({ file, checksum }) => [file, checksum])).toEqual(
      Object.entries(files).map(([file, content]) => [
        file,
        `crc32:${crc32(content).toString(16).padStart(8, '0')}`,
      ]),
    );
  });

  it('is not loaded again when another one has changed', async () => {
    const depot = await depotOf({
      'ratings/a.csv': part(1),
      'ratings/b.csv': part(2),
      'ratings/c.csv': part(3),
    });
    utimesSync(join(depot.folder, 'ratings/a.csv'), 5, 5);
    writeFiles(depot.folder, { 'ratings/b.csv': part(2, 4) });
    expect(loadedOf(await depot.load())).toEqual(['ratings/b.csv']);
    const { mtimeNs } = statSync(join(depot.folder, 'ratings/a.csv'), { bigint: true });
    expect((await looks(depot))[0]!.version).toContain(`-${mtimeNs}-`);
    expect(loadedOf(await depot.load())).toBe('reused');
  });

  it('is the same in a copy of the whole delivery', async () => {
    const depot = await depotOf({ 'ratings/a.csv': part(1), 'ratings/b.csv': part(2) });
    const folder = folderOf();
    cpSync(depot.folder, folder, { recursive: true });
    for (let times = 0; times < 2; times++) expect(loadedOf(await depot.load({ folder }))).toBe('reused');
  });

  it('may be loaded all the same, on a full refresh', async () => {
    const depot = await depotOf({ 'ratings.csv': part(1) });
    utimesSync(join(depot.folder, 'ratings.csv'), 5, 5);
    expect(loadedOf(await depot.load({ fullRefresh: true }))).toEqual(['ratings.csv']);
    expect(loadedOf(await depot.load())).toBe('reused');
  });
});

describe('a file of the local disk with other content', () => {
  it('of the same size, with its times put back, is loaded', async () => {
    const depot = await depotOf({
      'ratings/a.csv': part(1),
      'ratings/b.csv': part(2),
      'ratings/c.csv': part(3),
    });
    const path = join(depot.folder, 'ratings/b.csv');
    const { mtimeMs, size } = statSync(path);
    keepingTimes(path, () => writeFileSync(path, part(2, 5)));
    expect(Math.abs(statSync(path).mtimeMs - mtimeMs)).toBeLessThan(1);
    expect(statSync(path).size).toBe(size);
    expect(loadedOf(await depot.load())).toEqual(['ratings/b.csv']);
    expect(await depot.session.query('select distinct rating from lab.ratings where userId = 2')).toEqual([
      { rating: 5 },
    ]);
  });

  it('and then with the old one again, is loaded each time', async () => {
    const depot = await depotOf({ 'ratings.csv': part(1) });
    for (const rating of [4, 3]) {
      writeFiles(depot.folder, { 'ratings.csv': part(1, rating) });
      expect(loadedOf(await depot.load())).toEqual(['ratings.csv']);
      expect(await depot.session.query('select distinct rating from lab.ratings')).toEqual([{ rating }]);
    }
  });

  it('that takes its place while it is compared is an error', async () => {
    const depot = await depotOf({ 'ratings.csv': part(1) });
    const place = new Folder(depot.folder);
    const facts = await place.look('ratings.csv');
    writeFiles(depot.folder, { 'ratings.csv': part(1, 4) });
    await expect(place.checksum({ path: 'ratings.csv', ...facts })).rejects.toMatchObject({
      code: 'LOAD_FILE_CHANGED',
    });
  });
});
