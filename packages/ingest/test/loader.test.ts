import { mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { LoadProgress, LoadRequest } from '@matinee/core';
import { describe, expect, it } from 'vitest';
import { createLoader } from '../src/index.js';
import { errorOf, type Files, folderOf, openLab, writeFiles } from './support/lab.js';
import { movies, ratings, tags } from './support/sources.js';

const moviesFile = 'movieId,title,genres\n1,a,b\n2,c,d\n';
const ratingHeader = 'userId,movieId,rating,timestamp';

/** Ratings that take a while, with one wrong row at the end if wanted. */
function manyRatings(count: number, end = ''): string {
  const rows = Array.from({ length: count }, (_, index) => `${count - index},${index % 97},3.5,${index}\n`);
  return `${ratingHeader}\n${rows.join('')}${end}`;
}

describe('paths', () => {
  const names = [
    'with blanks',
    "it's quoted",
    'dou"ble',
    '[brackets]',
    'a*b',
    'what?',
    '**',
    '{a,b}',
    'back\\slash',
    'back\\slash [1]',
    'percent %20',
    'ünïcödé',
    'year=2020',
    'movieId=7',
    "a'; drop table rejected; --",
  ];
  for (const name of names) {
    for (const [kind, file, content] of [
      ['clean', 'movies.csv', moviesFile],
      ['rejects', 'movies.csv', `${moviesFile}x,a,b\n`],
      ['gzip', 'movies.csv.gz', gzipSync(moviesFile)],
    ] as const) {
      it(`${name}: ${kind}`, async () => {
        const lab = await openLab();
        await lab.load(folderOf({ [file]: content }, name), [movies], { maxRejects: { rows: 1 } });
        expect(await lab.rows(movies)).toEqual([
          { movieId: 1, title: 'a', genres: 'b' },
          { movieId: 2, title: 'c', genres: 'd' },
        ]);
      });
    }
  }

  it('a pattern in the name never reads a neighbour', async () => {
    const lab = await openLab();
    const folder = folderOf({ 'movies.csv': moviesFile }, '[xy]');
    const neighbour = join(dirname(folder), 'x');
    mkdirSync(neighbour);
    writeFiles(neighbour, { 'movies.csv': moviesFile.replace('a', 'A').replace('c', 'C') });
    await lab.load(folder, [movies]);
    expect((await lab.rows(movies)).map(({ title }) => title)).toEqual(['a', 'c']);
  });

  it('the temporary folder may be called so, too, and is made', async () => {
    const lab = await openLab();
    const parent = folderOf();
    const temporaryFolder = join(parent, "year=1 [it's] *?", 'deep');
    const folder = folderOf({ 'movies.csv.gz': gzipSync(`${moviesFile}x,a,b\n`) });
    const loader = createLoader(folder, { temporaryFolder });
    await loader.load({
      targets: [{ source: movies, table: 'movies', files: (await loader.survey([movies])).files }],
      session: lab.session,
      loadId: 'l',
      maxRejects: { rows: 1 },
      rejectsTable: 'rejected',
    });
    expect((await lab.rows(movies)).length).toBe(2);
    expect((await lab.rejects()).length).toBe(1);
    expect(readdirSync(temporaryFolder)).toEqual([]);
  });
});

describe('temporary files', () => {
  it('that cannot be written are an error that names the folder', async () => {
    const lab = await openLab();
    const blocked = join(folderOf({ blocked: '' }), 'blocked');
    const folder = folderOf({ 'movies.csv.gz': gzipSync(moviesFile) });
    const loader = createLoader(folder, { temporaryFolder: join(blocked, 'x') });
    const delivery = await loader.survey([movies]);
    const request: LoadRequest = {
      targets: [{ source: movies, table: 'movies', files: delivery.files }],
      session: lab.session,
      loadId: 'l',
      maxRejects: { rows: 0 },
      rejectsTable: 'rejected',
    };
    const error = await errorOf(loader.load(request));
    const location = { file: join(folder, 'movies.csv.gz') };
    expect(error).toMatchObject({ name: 'LoadError', code: 'LOAD_TEMPORARY_FOLDER', location });
    expect(error.message).toContain(blocked);
  });

  // openLab checks after every test that none is left; these are the ways a load may end.
  const endings: Readonly<Record<string, readonly [Files, string]>> = {
    success: [{ 'movies.csv.gz': gzipSync(moviesFile) }, ''],
    'too many rejects': [{ 'movies.csv.gz': gzipSync(`${moviesFile}x,a,b\n`) }, 'LOAD_REJECTS'],
    'conflicting keys': [{ 'movies.csv.gz': gzipSync(`${moviesFile}1,x,y\n`) }, 'LOAD_REJECTS'],
    'a gzip file that breaks off': [
      {
        'movies.csv.gz': gzipSync(`${moviesFile}${'3,e,f\n'.repeat(200_000)}`, { level: 1 }).subarray(
          0,
          -1000,
        ),
      },
      'LOAD_GZIP',
    ],
  };
  for (const [name, [files, code]] of Object.entries(endings)) {
    it(`are gone after ${name}`, async () => {
      const lab = await openLab();
      const ended = await lab.load(folderOf(files), [movies]).then(
        () => '',
        (error: { code: string }) => error.code,
      );
      expect(ended).toBe(code);
    });
  }
});

describe('files that change under the load', () => {
  const change: Readonly<Record<string, (file: string) => void>> = {
    'one that is gone': (file) => rmSync(file),
    'one that has grown': (file) => writeFileSync(file, `${moviesFile}3,e,f\n`),
    'one that was touched': (file) => utimesSync(file, 5, 5),
  };
  for (const [name, damage] of Object.entries(change)) {
    it(`${name} is an error`, async () => {
      const lab = await openLab();
      const folder = folderOf({ 'movies.csv': moviesFile });
      const loader = createLoader(folder, { temporaryFolder: lab.temporaryFolder });
      const delivery = await loader.survey([movies]);
      damage(join(folder, 'movies.csv'));
      const loading = loader.load({
        targets: [{ source: movies, table: 'movies', files: delivery.files }],
        session: lab.session,
        loadId: 'l',
        maxRejects: { rows: 0 },
        rejectsTable: 'rejected',
      });
      expect((await errorOf(loading)).name).toBe('LoadError');
    });
  }
});

describe('an interruption', () => {
  it('before the load begins', async () => {
    const lab = await openLab();
    const signal = AbortSignal.abort();
    const error = await errorOf(lab.load(folderOf({ 'movies.csv': moviesFile }), [movies], { signal }));
    expect(error).toMatchObject({ name: 'InterruptedError', code: 'RUN_INTERRUPTED' });
  });

  const files: Readonly<Record<string, Files>> = {
    'a clean file': { 'ratings.csv': manyRatings(200_000) },
    'a gzip file': { 'ratings.csv.gz': gzipSync(manyRatings(200_000), { level: 1 }) },
    'a file with rejects': { 'ratings.csv': manyRatings(200_000, 'x,1,1,1\n') },
    'a file with conflicting keys': { 'ratings.csv': manyRatings(200_000, '7,1,1,1\n7,1,1,2\n') },
  };
  for (const [name, content] of Object.entries(files)) {
    it(`at any time in ${name}, after which the session can be used again`, async () => {
      const lab = await openLab();
      const folder = folderOf(content);
      let finished = false;
      for (let wait = 1; !finished; wait = Math.ceil(wait * 2.5)) {
        const abort = new AbortController();
        const timer = setTimeout(() => abort.abort(), wait);
        const ended = await lab
          .load(folder, [ratings], { signal: abort.signal, maxRejects: { rows: 9 } })
          .then(
            () => 'done',
            (error: { code: string }) => error.code,
          );
        clearTimeout(timer);
        expect(['done', 'RUN_INTERRUPTED']).toContain(ended);
        expect(readdirSync(lab.temporaryFolder)).toEqual([]);
        finished = ended === 'done';
      }
      expect(await lab.one('select count(*) > 199000 as all from ratings')).toEqual({ all: true });
    });
  }

  it('from the first report of progress', async () => {
    const lab = await openLab();
    const abort = new AbortController();
    const options = { signal: abort.signal, onProgress: () => abort.abort() };
    const error = await errorOf(
      lab.load(folderOf({ 'ratings.csv': manyRatings(50_000) }), [ratings], options),
    );
    expect(error.code).toBe('RUN_INTERRUPTED');
  });
});

describe('a file that turns out wrong late', () => {
  it('is loaded all the same, however the interruption of its first reading falls', async () => {
    const lab = await openLab();
    for (const count of [1, 100, 10_000, 100_000]) {
      for (const wrong of [0, count >> 1, count]) {
        const lines = manyRatings(count).split('\n');
        lines.splice(wrong + 1, 0, 'x,1,1,1');
        await lab.session.execute('delete from rejected');
        const loaded = await lab.loadOne(ratings, { 'ratings.csv': lines.join('\n') });
        expect(loaded).toMatchObject({ rows: count, rejectedRows: 1 });
        expect(await lab.rejects()).toEqual([[wrong + 2, 'userId', '"x" is not a whole number.', 'x,1,1,1']]);
        expect(await lab.one('select count(*) as n, sum(userId) as sum from ratings')).toEqual({
          n: count,
          sum: (count * (count + 1)) / 2,
        });
      }
    }
  });
});

describe('several sources', () => {
  it('one that fails does not hide what is wrong with the next, and those that fit are loaded', async () => {
    const lab = await openLab();
    const folder = folderOf({
      'movies.csv': `${moviesFile}x,a,b\n`,
      'ratings.csv': `${ratingHeader}\n1,1,1,1\n`,
      'tags.csv': 'userId,movieId,tag,timestamp\n1,1,1\n',
    });
    const error = await errorOf(lab.load(folder, [movies, ratings, tags]));
    expect(error).toMatchObject({
      name: 'ErrorList',
      errors: [{ code: 'LOAD_REJECTS' }, { code: 'LOAD_REJECTS' }],
    });
    expect((await lab.rejects()).length).toBe(2);
    expect((await lab.rows(ratings)).length).toBe(1);
  });
});

describe('what the warehouse refuses', () => {
  it('rejects that cannot be kept fail the load', async () => {
    const lab = await openLab();
    await lab.session.execute('drop table rejected');
    const error = await errorOf(lab.loadOne(movies, { 'movies.csv': `${moviesFile}x,a,b\n` }));
    expect(error.message).toMatch(/rejected/);
  });

  it('a table that is there already is an error, not an addition', async () => {
    const lab = await openLab();
    const folder = folderOf({ 'movies.csv': moviesFile });
    const loader = createLoader(folder, { temporaryFolder: lab.temporaryFolder });
    await lab.session.execute('create table movies as select 9 as movieId');
    const loading = loader.load({
      targets: [{ source: movies, table: 'movies', files: (await loader.survey([movies])).files }],
      session: lab.session,
      loadId: 'l',
      maxRejects: { rows: 0 },
      rejectsTable: 'rejected',
    });
    expect((await errorOf(loading)).message).toMatch(/movies/);
    expect(await lab.session.query('select * from movies')).toEqual([{ movieId: 9 }]);
  });
});

describe('progress', () => {
  for (const [name, file, content] of [
    ['plain', 'ratings.csv', manyRatings(100_000)],
    ['gzip', 'ratings.csv.gz', gzipSync(manyRatings(100_000))],
    ['with rejects', 'ratings.csv', manyRatings(100_000, 'x,1,1,1\n')],
  ] as const) {
    it(`never goes back and ends at the file's size: ${name}`, async () => {
      const lab = await openLab();
      const reports: LoadProgress[] = [];
      await lab.loadOne(ratings, { [file]: content }, { onProgress: (progress) => reports.push(progress) });
      const done = reports.map(({ bytesDone }) => bytesDone);
      expect(done).toEqual([...done].sort((a, b) => a - b));
      expect(done.at(-1)).toBe(content.length);
      expect(reports.every((report) => report.bytesTotal === content.length && report.file === file)).toBe(
        true,
      );
      expect(reports[0]?.source).toBe('ratings');
    });
  }

  it('is of the whole source, however many files it comes in', async () => {
    const lab = await openLab();
    const names = Array.from({ length: 300 }, (_, index) => `ratings/${index}.csv`);
    const files = Object.fromEntries(
      names.map((name, index) => [name, manyRatings(2, `${900 + index},1,1,1\n`)]),
    );
    const bytes = Object.values(files).reduce((total, content) => total + content.length, 0);
    const reports: LoadProgress[] = [];
    await lab.loadOne(ratings, files, { onProgress: (progress) => reports.push(progress) });
    const done = reports.map(({ bytesDone }) => bytesDone);
    expect(done).toEqual([...done].sort((a, b) => a - b));
    expect(done[0]).toBe(0);
    expect(done.at(-1)).toBe(bytes);
    expect(new Set(reports.map(({ bytesTotal }) => bytesTotal))).toEqual(new Set([bytes]));
  });
});
