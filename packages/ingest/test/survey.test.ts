import { mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { type Delivery, ErrorList, type Source, type SurveyProgress } from '@matinee/core';
import { describe, expect, it } from 'vitest';
import { createLoader } from '../src/index.js';
import { errorOf, type Files, folderOf } from './support/lab.js';
import { allSources, movies, ratings, scores, tags } from './support/sources.js';

const moviesFile = 'movieId,title,genres\n1,a,b\n';
const ratingsFile = 'userId,movieId,rating,timestamp\n1,1,3,5\n';

function survey(folder: string, sources: readonly Source[] = [movies]): Promise<Delivery> {
  return createLoader(folder).survey(sources);
}

function surveyOf(files: Files, sources?: readonly Source[]): Promise<Delivery> {
  return survey(folderOf(files), sources);
}

/** The header of movies in a file with this one. */
async function headerError(header: string | Buffer) {
  const folder = folderOf({ 'movies.csv': header });
  const error = await errorOf(survey(folder));
  expect(error).toMatchObject({ name: 'LoadError', code: 'LOAD_HEADER' });
  expect(error.location).toEqual({ file: join(folder, 'movies.csv'), line: 1 });
  return error;
}

describe('a survey tells', () => {
  it('that it lists, how many files there are, and each that it has looked at', async () => {
    const folder = folderOf({ 'movies.csv': moviesFile, 'ratings.csv': ratingsFile, 'README.txt': '' });
    const told: SurveyProgress[] = [];
    const watch = { onProgress: (progress: SurveyProgress) => told.push(progress) };
    await createLoader(folder).survey([movies, ratings], [], undefined, watch);
    expect(told).toEqual([
      { place: folder, filesDone: 0, filesTotal: undefined },
      { place: folder, filesDone: 0, filesTotal: 2 },
      { place: folder, filesDone: 1, filesTotal: 2 },
      { place: folder, filesDone: 2, filesTotal: 2 },
    ]);
  });
});

describe('a survey finds', () => {
  it('files by name and header, among others', async () => {
    const files = {
      'movie.csv': moviesFile,
      'ratings.csv.gz': gzipSync(ratingsFile),
      'README.txt': '',
      'movies.csv.bak': '',
    };
    const folder = folderOf(files);
    const delivery = await survey(folder, [movies, ratings, scores]);
    expect(delivery.place).toBe(folder);
    expect(delivery.files.map(({ source, path, shape, bytes }) => ({ source, path, shape, bytes }))).toEqual([
      { source: 'movies', path: 'movie.csv', shape: 'kaggle', bytes: moviesFile.length },
      {
        source: 'ratings',
        path: 'ratings.csv.gz',
        shape: 'grouplens',
        bytes: files['ratings.csv.gz'].length,
      },
    ]);
    expect(delivery.files[0]?.modifiedAt).toMatch(/^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });

  it('a folder given as file:// URL, and files behind links', async () => {
    const elsewhere = folderOf({ 'the movies': moviesFile });
    const folder = folderOf({}, 'wanted folder');
    symlinkSync(join(elsewhere, 'the movies'), join(folder, 'movies.csv'));
    const delivery = await survey(pathToFileURL(folder).href);
    expect(delivery.files.map(({ path }) => path)).toEqual(['movies.csv']);
    expect(delivery.place).toBe(folder);
  });

  it('nothing for an optional source that was not delivered', async () => {
    expect((await surveyOf({}, [scores])).files).toEqual([]);
  });
});

describe('a survey refuses', () => {
  it('a missing folder', async () => {
    const folder = join(folderOf(), 'nowhere');
    const error = await errorOf(survey(folder));
    expect(error).toMatchObject({ name: 'LoadError', code: 'LOAD_FOLDER_MISSING', exitCode: 1 });
    expect(error.message).toContain(folder);
    expect(error.hint).toContain('--source');
  });

  it('a missing folder, telling what there is in the nearest one above', async () => {
    const folder = folderOf({ 'ML-latest/movies.csv': moviesFile, 'notes.txt': '', '.hidden': '' });
    const how = 'Name the folder or .zip file that holds the delivery: --source PLACE or MATINEE_SOURCE.';
    for (const wrong of ['ml-lates', 'ml-lates/more/x']) {
      expect((await errorOf(survey(join(folder, wrong)))).hint).toBe(
        `Did you mean ${folder}/ML-latest/? ${folder}/ holds ML-latest/, notes.txt. ${how}`,
      );
    }
    expect((await errorOf(survey(join(folder, 'ml.zip')))).hint).toContain(`${folder}/ holds ML-latest/`);
    const inFile = await errorOf(survey(join(folder, 'notes.txt/x')));
    expect(inFile).toMatchObject({ code: 'LOAD_FOLDER_MISSING' });
    expect(inFile.hint).toContain(`Did you mean ${folder}/notes.txt? ${folder}/ holds`);
    const crowd = folderOf(
      Object.fromEntries(Array.from({ length: 1_212 }, (_, day) => [`f${1_000 + day}`, ''])),
    );
    expect((await errorOf(survey(join(crowd, 'other')))).hint).toBe(
      `${crowd}/ holds f1000, f1001, f1002, f1003, f1004, f1005, f1006, f1007 and 1,204 more. ${how}`,
    );
  });

  it('a file in place of the folder, naming the folder', async () => {
    const folder = folderOf({ 'movies.csv': moviesFile });
    const error = await errorOf(survey(join(folder, 'movies.csv')));
    expect(error).toMatchObject({ name: 'LoadError', code: 'LOAD_NOT_A_FOLDER' });
    expect(error.hint).toContain(`or a .zip file: name ${folder}, or another`);
  });

  it('a missing file, with all names it could have', async () => {
    const error = await errorOf(surveyOf({}));
    expect(error).toMatchObject({ name: 'LoadError', code: 'LOAD_FILE_MISSING' });
    for (const name of ['movies.csv', 'movies.csv.gz', 'movie.csv', 'movie.csv.gz']) {
      expect(error.message).toContain(name);
    }
    expect(error.hint).toMatch(/^Add the file, or name the place that holds it\. .* holds nothing\.$/);
  });

  it('a missing file, with what there is, for it most often lies in one of the folders', async () => {
    const folder = folderOf({ 'ml-latest/movies.csv': moviesFile, '.hidden': '', 'notes.txt': '' });
    expect((await errorOf(survey(folder))).hint).toContain(`${folder} holds ml-latest, notes.txt.`);
    const parts = folderOf({ 'ratings/README': '', 'links.csv': '' });
    expect((await errorOf(survey(parts, [ratings]))).hint).toContain(`${parts} holds links.csv, ratings/.`);
  });

  it('a name in other letters, and says so', async () => {
    expect((await errorOf(surveyOf({ 'Movies.CSV': moviesFile }))).hint).toContain('Movies.CSV');
  });

  it('two files for one source', async () => {
    for (const names of [
      ['movies.csv', 'movie.csv'],
      ['movies.csv', 'movies.csv.gz'],
      ['movie.csv.gz', 'movies.csv.gz'],
    ]) {
      const files = Object.fromEntries(
        names.map((name) => [name, name.endsWith('.gz') ? gzipSync(moviesFile) : moviesFile]),
      );
      const error = await errorOf(surveyOf(files));
      expect(error).toMatchObject({ name: 'LoadError', code: 'LOAD_AMBIGUOUS' });
      for (const name of names) expect(error.message).toContain(name);
    }
  });

  it("a folder of a file's name", async () => {
    const folder = folderOf();
    mkdirSync(join(folder, 'movies.csv'));
    const error = await errorOf(survey(folder));
    expect(error).toMatchObject({ name: 'LoadError', code: 'LOAD_NOT_A_FILE' });
    expect(error.message).toContain('movies.csv');
  });

  it('a link that leads nowhere', async () => {
    const folder = folderOf();
    symlinkSync(join(folder, 'gone'), join(folder, 'movies.csv'));
    expect(await errorOf(survey(folder))).toMatchObject({ name: 'LoadError', code: 'LOAD_UNREADABLE' });
  });

  it('all that is wrong, at once', async () => {
    const files = {
      'movies.csv': 'movieId,title\n',
      'movie.csv': moviesFile,
      'tags.csv': '',
      'genome-scores.csv': 'a\n',
    };
    const error = await errorOf(surveyOf(files, allSources));
    expect(error).toBeInstanceOf(ErrorList);
    const found = (error as ErrorList).errors.map(({ code, message }) => [
      code,
      /[\w-]+\.csv/.exec(message)?.[0],
    ]);
    expect(found).toEqual([
      ['LOAD_FILE_MISSING', 'ratings.csv'],
      ['LOAD_HEADER', 'tags.csv'],
      ['LOAD_AMBIGUOUS', 'movie.csv'],
      ['LOAD_HEADER', 'movies.csv'],
      ['LOAD_FILE_MISSING', 'links.csv'],
      ['LOAD_HEADER', 'genome-scores.csv'],
    ]);
  });

  for (const place of [
    's3://',
    's3:///prefix',
    's3://key:secret@bucket/prefix',
    'gs://bucket',
    'https://example.org/ml.zip',
    'file://host/x',
    '',
  ]) {
    it(`'${place}' as a place`, () => {
      expect(() => createLoader(place)).toThrow(
        expect.objectContaining({
          name: 'UsageError',
          exitCode: 2,
          hint: expect.stringMatching(/path|--source|s3:/),
          message: expect.not.stringContaining('secret'),
        }),
      );
    });
  }

  it('a drive letter is no scheme', async () => {
    expect(await errorOf(survey('C:\\no such folder'))).toMatchObject({ code: 'LOAD_FOLDER_MISSING' });
  });
});

describe('a header', () => {
  for (const [name, header] of [
    ['quoted', '"movieId","title","genres"\n'],
    ['with a byte order mark', '\ufeffmovieId,title,genres\n'],
    ['with a byte order mark and quotes', '\ufeff"movieId",title,genres\r\n'],
    ['without a line end', 'movieId,title,genres'],
    ['with a carriage return at the end of the file', 'movieId,title,genres\r'],
  ] as const) {
    it(`may come ${name}`, async () => {
      expect((await surveyOf({ 'movies.csv': header })).files.length).toBe(1);
    });
  }

  it('of other names is refused, and both are shown', async () => {
    const error = await headerError('id,title,genres\n1,a,b\n');
    expect(error.message).toContain('id,title,genres');
    expect(error.message).toContain('movieId,title,genres');
    expect(error.hint).toContain('movieId');
  });

  it('in another order is refused', async () => {
    expect((await headerError('title,movieId,genres\n')).hint).toMatch(/order/);
  });

  it('with a column too many is refused', async () => {
    expect((await headerError('movieId,title,genres,year\n')).hint).toContain('year');
    expect((await headerError('movieId,title,genres,\n')).hint).toMatch(/Remove/);
  });

  it('with a column twice is refused', async () => {
    expect((await headerError('movieId,title,title,genres\n')).hint).toContain('title');
  });

  it('with a column too few is refused', async () => {
    expect((await headerError('movieId,title\n')).hint).toContain('genres');
  });

  it('in other letters or with blanks is refused', async () => {
    expect((await headerError('movieid,title,genres\n')).hint).toContain('movieId');
    expect((await headerError('movieId, title,genres\n')).hint).toContain('title');
  });

  it('separated by something else is refused', async () => {
    expect((await headerError('movieId;title;genres\n1;a;b\n')).hint).toMatch(/comma/);
  });

  it('that is missing is refused', async () => {
    await headerError('1,Toy Story (1995),Adventure\n');
    await headerError('\nmovieId,title,genres\n');
    await headerError('\n');
  });

  it('in a file of no bytes is refused', async () => {
    expect((await headerError('')).hint).toContain('movieId,title,genres');
    expect(await errorOf(surveyOf({ 'movies.csv.gz': gzipSync('') }))).toMatchObject({ code: 'LOAD_HEADER' });
  });

  it('that ends in a carriage return alone is refused, for the rows would not be found', async () => {
    expect((await headerError('movieId,title,genres\r1,a,b\r2,c,d\r')).hint).toMatch(/line feed/);
    expect((await headerError('movieId,title,genres\r1,a,b\n')).hint).toMatch(/line feed/);
  });

  it('in UTF-16 is refused', async () => {
    expect((await headerError(Buffer.from('\ufeffmovieId,title,genres\n', 'utf16le'))).hint).toMatch(/UTF-8/);
  });

  it('of nonsense is refused', async () => {
    await headerError('"movieId,title,genres\n');
    await headerError(Buffer.alloc(200_000, 0x61));
    await headerError(Buffer.from([0xff, 0xfe, 0x00, 0x0a]));
    expect((await headerError(gzipSync(moviesFile))).hint).toContain('.gz');
  });

  it("of the other shape in this shape's file is read by its own shape, for both are the same here", async () => {
    expect((await surveyOf({ 'movies.csv': '"movieId","title","genres"\n' })).files[0]?.shape).toBe(
      'grouplens',
    );
  });
});

describe('a gzip file', () => {
  it('that is none is refused', async () => {
    const error = await errorOf(surveyOf({ 'movies.csv.gz': moviesFile }));
    expect(error).toMatchObject({ name: 'LoadError', code: 'LOAD_GZIP' });
    expect(error.message).toContain('movies.csv.gz');
  });

  it('that breaks off in the header is refused', async () => {
    const bytes = gzipSync(moviesFile);
    for (const length of [1, 5, 12, 18]) {
      expect(await errorOf(surveyOf({ 'movies.csv.gz': bytes.subarray(0, length) }))).toMatchObject({
        name: 'LoadError',
      });
    }
  });

  it('of no bytes at all is refused', async () => {
    expect(await errorOf(surveyOf({ 'movies.csv.gz': '' }))).toMatchObject({ name: 'LoadError' });
  });
});

describe('the version of a file', () => {
  it('changes with its size or its time alone', async () => {
    const folder = folderOf({ 'movies.csv': moviesFile, 'tags.csv': 'userId,movieId,tag,timestamp\n' });
    const prints = async () => {
      const delivery = await survey(folder, [movies, tags, scores]);
      return ['movies', 'tags', 'scores'].map(
        (name) => delivery.files.find(({ source }) => source === name)?.version,
      );
    };
    utimesSync(join(folder, 'movies.csv'), 1_000_000, 1_000_000);
    const [movies1, tags1, scores1] = await prints();
    expect(await prints()).toEqual([movies1, tags1, scores1]);

    utimesSync(join(folder, 'movies.csv'), 1_000_000, 1_000_001);
    const [movies2, tags2, scores2] = await prints();
    expect(movies2).not.toBe(movies1);
    expect([tags2, scores2]).toEqual([tags1, scores1]);

    writeFileSync(join(folder, 'movies.csv'), `${moviesFile}2,c,d\n`);
    utimesSync(join(folder, 'movies.csv'), 1_000_000, 1_000_001);
    const [movies3] = await prints();
    expect(movies3).not.toBe(movies2);

    writeFileSync(join(folder, 'genome-scores.csv'), 'movieId,tagId,relevance\n');
    const [, tags4, scores4] = await prints();
    expect(tags4).toBe(tags1);
    expect(scores4).not.toBe(scores1);
  });
});
