import { chmodSync, mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Delivery, Source } from '@matinee/core';
import { describe, expect, it } from 'vitest';
import { createLoader } from '../src/index.js';
import { errorOf, type Files, folderOf, openLab } from './support/lab.js';
import { allSources, movies, ratings, scores, tags } from './support/sources.js';
import { asGroupLens, asKaggle } from './support/write.js';

const header = 'userId,movieId,rating,timestamp';
const epoch = (user: number) => `${header}\n${user},1,3.5,86400\n`;
const dated = (user: number) =>
  `"userId","movieId","rating","timestamp"\n${user},1,3.5,"1970-01-02 00:00:00"\n`;

function surveyOf(files: Files, sources: readonly Source[] = [ratings]): Promise<Delivery> {
  return createLoader(folderOf(files)).survey(sources);
}

const shapesOf = ({ files }: Delivery) => Object.fromEntries(files.map(({ path, shape }) => [path, shape]));

describe('the files of one table', () => {
  it('are its file and all .csv files below its folders, in byte order, whatever their shapes', async () => {
    const found = await surveyOf({
      'ratings/b/deep/1.csv': epoch(1),
      'ratings/a.csv.gz': gzipSync(dated(2)),
      'ratings.csv': epoch(3),
      'rating/2020.csv': epoch(4),
      'ratings/year=2020/ü [1].csv': dated(5),
      'ratings/😀.csv': epoch(6),
      'ratings/ﬀ.csv': epoch(7),
      'other/ratings/1.csv': 'of no interest',
      'ratingsX/1.csv': 'of no interest',
    });
    expect(found.files.map(({ path, shape }) => [path, shape])).toEqual([
      ['rating/2020.csv', 'grouplens'],
      ['ratings.csv', 'grouplens'],
      ['ratings/a.csv.gz', 'kaggle'],
      ['ratings/b/deep/1.csv', 'grouplens'],
      ['ratings/year=2020/ü [1].csv', 'kaggle'],
      ['ratings/ﬀ.csv', 'grouplens'],
      ['ratings/😀.csv', 'grouplens'],
    ]);
  });

  it('are loaded together, each row with its file', async () => {
    const lab = await openLab();
    const files = {
      'ratings/b/1.csv': epoch(1),
      'ratings/a.csv.gz': gzipSync(dated(2)),
      'rating/ü [1].csv': epoch(3),
      'ratings.csv': epoch(4),
    };
    expect(await lab.loadOne(ratings, files)).toMatchObject({ rows: 4, rejectedRows: 0 });
    const day = 'epoch("timestamp") = 86400';
    expect(
      await lab.session.query(`select _file, userId, ${day} as day from ratings order by userId`),
    ).toEqual([
      { _file: 'ratings/b/1.csv', userId: 1, day: true },
      { _file: 'ratings/a.csv.gz', userId: 2, day: true },
      { _file: 'rating/ü [1].csv', userId: 3, day: true },
      { _file: 'ratings.csv', userId: 4, day: true },
    ]);
  });

  it('may be absent where the table is optional, even if the folder is there', async () => {
    expect((await surveyOf({ 'genome-scores/_SUCCESS': '' }, [scores])).files).toEqual([]);
    const error = await errorOf(surveyOf({ 'ratings/_SUCCESS': '' }));
    expect(error).toMatchObject({ code: 'LOAD_FILE_MISSING' });
    expect(error.message).toContain('ratings/ or rating/');
  });

  it('may differ in capital and small letters alone', async () => {
    const lab = await openLab();
    const files = {
      'ratings/Part.csv': epoch(1),
      'ratings/part.csv': epoch(2),
      'ratings/PART.csv': epoch(3),
    };
    expect(await lab.loadOne(ratings, files)).toMatchObject({ rows: 3 });
  });

  it('are found behind links, and a link in a circle is an error', async () => {
    const elsewhere = folderOf({ 'x/1.csv': epoch(1) });
    const folder = folderOf({ 'ratings/2.csv': epoch(2) });
    symlinkSync(join(elsewhere, 'x'), join(folder, 'ratings/link'));
    symlinkSync(join(elsewhere, 'x/1.csv'), join(folder, 'ratings/3.csv'));
    const paths = async () => (await createLoader(folder).survey([ratings])).files.map(({ path }) => path);
    expect(await paths()).toEqual(['ratings/2.csv', 'ratings/3.csv', 'ratings/link/1.csv']);
    symlinkSync(folder, join(elsewhere, 'x/circle'));
    mkdirSync(join(folder, 'ratings/inner'));
    symlinkSync(join(folder, 'ratings'), join(folder, 'ratings/inner/circle'));
    expect(await errorOf(paths())).toMatchObject({ code: 'LOAD_FOLDER_LOOP' });
  });

  it('in a file called like the folder are no parts', async () => {
    expect((await surveyOf({ ratings: 'a file', 'ratings.csv': epoch(1) })).files.length).toBe(1);
  });

  it.skipIf(process.platform !== 'linux')(
    'with names that are not UTF-8 are errors that escape them',
    async () => {
      const named = (folder: string, name: string) =>
        Buffer.concat([Buffer.from(`${folder}/ratings/`), Buffer.from(name, 'latin1')]);
      const hint = expect.stringContaining('Rename it');
      for (const make of [writeFileSync, (path: Buffer) => mkdirSync(path)]) {
        const folder = folderOf({ 'ratings/1.csv': epoch(1), 'ratings/café.csv': epoch(2) });
        make(named(folder, '_passed over \xe9.csv'), '');
        expect((await createLoader(folder).survey([ratings])).files.length).toBe(2);
        make(named(folder, 'caf\xe9.csv'), '');
        const error = await errorOf(createLoader(folder).survey([ratings]));
        expect(error).toMatchObject({ name: 'LoadError', code: 'LOAD_FILE_NAME', hint });
        expect(error.message).toBe(`${folder}/ratings/caf\\xE9.csv has a name that is not UTF-8.`);
      }
    },
  );

  it.skipIf(process.getuid?.() === 0)('in a folder that may not be read are an error', async () => {
    const folder = folderOf({ 'ratings/1.csv': epoch(1) });
    chmodSync(join(folder, 'ratings'), 0);
    const error = await errorOf(createLoader(folder).survey([ratings]));
    chmodSync(join(folder, 'ratings'), 0o755);
    expect(error).toMatchObject({ code: 'LOAD_UNREADABLE' });
  });
});

describe('names that decide', () => {
  it('hidden ones, and those that begin with _, are passed over, be they files or folders', async () => {
    const found = await surveyOf({
      'ratings/1.csv': epoch(1),
      'ratings/_2.csv': 'x',
      'ratings/.3.csv': 'x',
      'ratings/_temporary/4.csv': 'x',
      'ratings/.spark/a/5.csv': 'x',
      'ratings/_SUCCESS': '',
      'ratings/.DS_Store': '',
      'ratings/README.md': '',
      'ratings/Thumbs.db': '',
    });
    expect(Object.keys(shapesOf(found))).toEqual(['ratings/1.csv']);
  });

  it.each(['2.CSV', '2.csv.part', '2.csv.bz2', '2.parquet', '2.tsv', '2.gz', '2.zip', 'a/2.csv.gz.tmp'])(
    '%s looks like data that would be lost, and is an error',
    async (name) => {
      const error = await errorOf(surveyOf({ 'ratings/1.csv': epoch(1), [`ratings/${name}`]: '' }));
      expect(error).toMatchObject({ name: 'LoadError', code: 'LOAD_UNKNOWN_FILE' });
      expect(error.message).toContain(`ratings/${name}`);
      expect(error.hint).toContain('.csv.gz');
    },
  );

  it('many files that would be lost are counted', async () => {
    const files = Object.fromEntries(Array.from({ length: 12 }, (_, n) => [`ratings/${n}.parquet`, '']));
    expect((await errorOf(surveyOf(files))).message).toContain('and 7 more');
  });

  it.each([
    [['ratings.csv', 'ratings.csv.gz']],
    [['ratings.csv', 'rating.csv']],
    [['ratings/1.csv', 'ratings/1.csv.gz']],
    [['ratings/a/1.csv.gz', 'ratings/a/1.csv', 'ratings/2.csv']],
  ])('%j are ambiguous', async (names) => {
    const files = names.map((name) => [name, name.endsWith('.gz') ? gzipSync(epoch(1)) : epoch(1)]);
    const error = await errorOf(surveyOf(Object.fromEntries(files)));
    expect(error).toMatchObject({ name: 'LoadError', code: 'LOAD_AMBIGUOUS' });
    expect(error.message).toContain(names[0]);
    expect(error.message).toContain(names[1]);
    expect(error.message).not.toContain('ratings/2.csv');
  });

  it.each([
    [['ratings/1.csv', 'rating/1.csv']],
    [['ratings/1.csv', 'ratings/a/1.csv']],
    [['ratings.csv', 'ratings/ratings.csv']],
  ])('%j are two files of one table', async (names) => {
    const files = Object.fromEntries(names.map((name) => [name, epoch(1)]));
    expect((await surveyOf(files)).files.length).toBe(2);
  });
});

describe('the shape of a part', () => {
  const tables = {
    ratings: [{ userId: 1, movieId: 2, rating: 3.5, timestamp: 86400 }],
    tags: [{ userId: 1, movieId: 2, tag: 'say "no"', timestamp: 86400 }],
    movies: [{ movieId: 1, title: 'Plain (1995)', genres: 'Drama' }],
    links: [{ movieId: 1, imdbId: '114709', tmdbId: 862 }],
    scores: [{ movieId: 1, tagId: 1, relevance: 0.5 }],
  };
  const parts = (files: Files, folder: (name: string) => string) =>
    Object.fromEntries(
      Object.entries(files).map(([name, text]) => [`${folder(name.replace('.csv', ''))}/1.csv`, text]),
    );
  const swapped: Record<string, string> = {
    ratings: 'rating',
    rating: 'ratings',
    tags: 'tag',
    tag: 'tags',
    movies: 'movie',
    movie: 'movies',
    links: 'link',
    link: 'links',
    'genome-scores': 'genome_scores',
    genome_scores: 'genome-scores',
  };

  it.each([
    ['grouplens', asGroupLens(tables)],
    ['kaggle', asKaggle(tables)],
  ] as const)('%s is seen in either folder', async (shape, files) => {
    for (const folder of [(name: string) => name, (name: string) => swapped[name]!]) {
      const found = await surveyOf(parts(files, folder), allSources);
      expect([...new Set(Object.values(shapesOf(found)))]).toEqual([shape]);
      expect(found.files.length).toBe(5);
    }
  });

  it('is told by the values of its first rows, one wrong row among them or not', async () => {
    const files = {
      'ratings/1.csv': `${header}\nwrong\n1,1,3.5,1970-01-02 00:00:00\n2,1,3.5,1970-01-02 00:00:00\n`,
      'ratings/2.csv': `"userId","movieId","rating","timestamp"\n1,1,3.5,86400\n1,1,3.5,1970-01-02 00:00:00\n2,1,3.5,86400`,
      'ratings/3.csv': `${header}\n1,1,3.5,1970-01-02 00:00:00`,
    };
    expect(shapesOf(await surveyOf(files))).toEqual({
      'ratings/1.csv': 'kaggle',
      'ratings/2.csv': 'grouplens',
      'ratings/3.csv': 'kaggle',
    });
  });

  it('is told by its quotes where values do not tell', async () => {
    const files = {
      'movies/backslashes.csv': 'movieId,title,genres\n1,"\\"\\"A\\"\\" b","c"\n',
      'movie/doubled.csv': '"movieId","title","genres"\n1,"""A"" b",c\n',
      'movies/quoted header.csv': '\ufeff"movieId","title","genres"\r\n',
      'movie/bare header.csv': 'movieId,title,genres',
    };
    expect(shapesOf(await surveyOf(files, [movies]))).toEqual({
      'movies/backslashes.csv': 'kaggle',
      'movie/doubled.csv': 'grouplens',
      'movies/quoted header.csv': 'kaggle',
      'movie/bare header.csv': 'grouplens',
    });
  });

  it('is seen in a large file, packed or not', async () => {
    const rows = Array.from({ length: 20_000 }, (_, n) => `${n},1,3.5,"1970-01-02 00:00:00"\n`).join('');
    const files = {
      'ratings/1.csv': `${header}\n${rows}`,
      'ratings/2.csv.gz': gzipSync(`${header}\n${rows}`),
    };
    expect(new Set(Object.values(shapesOf(await surveyOf(files))))).toEqual(new Set(['kaggle']));
  });

  it('is that of no other header', async () => {
    const error = await errorOf(surveyOf({ 'tags/1.csv': epoch(1) }, [tags]));
    expect(error).toMatchObject({ code: 'LOAD_HEADER' });
    expect(error.message).toMatch(/expected is userId,movieId,tag,timestamp\.$/);
  });
});

describe('files that are known', () => {
  it('are not opened while path and version stay', async () => {
    const folder = folderOf({ 'ratings/1.csv': epoch(1), 'ratings/2.csv': dated(2) });
    const loader = createLoader(folder);
    const { files } = await loader.survey([ratings]);
    // Had they been opened, their shapes would be seen.
    const wrong = files.map((file) => ({ ...file, shape: 'kaggle' }));
    expect((await loader.survey([ratings], wrong)).files).toEqual(wrong);
    writeFileSync(join(folder, 'ratings/1.csv'), epoch(12));
    expect(shapesOf(await loader.survey([ratings], wrong))).toEqual({
      'ratings/1.csv': 'grouplens',
      'ratings/2.csv': 'kaggle',
    });
    renameSync(join(folder, 'ratings/2.csv'), join(folder, 'ratings/3.csv'));
    expect((await loader.survey([ratings], wrong)).files.map(({ shape }) => shape)).toEqual([
      'grouplens',
      'kaggle',
    ]);
  });

  it('are opened where their shape is none any more', async () => {
    const loader = createLoader(folderOf({ 'ratings/1.csv': epoch(1) }));
    const { files } = await loader.survey([ratings]);
    const old = files.map((file) => ({ ...file, shape: 'gone' }));
    expect((await loader.survey([ratings], old)).files).toEqual(files);
  });
});
