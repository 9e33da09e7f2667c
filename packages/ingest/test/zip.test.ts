import { execFileSync } from 'node:child_process';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createLoader } from '../src/index.js';
import { errorOf, folderOf, type Lab, openLab, writeFiles } from './support/lab.js';
import { movies, ratings, tags } from './support/sources.js';
import { type ZipFiles, zipOf } from './support/zip.js';

const moviesFile = 'movieId,title,genres\n1,a,b\n2,"ü, ""x""",d\n';
const ratingsFile = 'userId,movieId,rating,timestamp\n1,1,3,5\n';
const rows = [
  { movieId: 1, title: 'a', genres: 'b' },
  { movieId: 2, title: 'ü, "x"', genres: 'd' },
];

function archive(content: Uint8Array, name = 'ml.zip'): string {
  return join(folderOf({ [name]: content }), name);
}

const survey = (path: string) => createLoader(path).survey([movies]);
const pathsIn = async (files: ZipFiles) =>
  (await survey(archive(zipOf(files)))).files.map(({ path }) => path);

async function loadError(lab: Lab, content: Uint8Array) {
  const path = archive(content);
  const error = await errorOf(lab.load(path, [movies]));
  expect(error.location?.file).toMatch(path);
  return error;
}

describe.skipIf(process.platform === 'win32')('a pipe that is called like an archive', () => {
  it('is not waited for', async () => {
    const pipe = join(folderOf(), 'pipe.zip');
    execFileSync('mkfifo', [pipe]);
    expect(await errorOf(survey(pipe))).toMatchObject({
      code: 'LOAD_NOT_A_FILE',
      message: `${pipe} is no file.`,
      location: { file: pipe },
    });
  });
});

describe('a zip archive', () => {
  it.each([
    ['stored', 0],
    ['deflated', 8],
  ])('of %s files is loaded like a folder, without the folder they lie in', async (_, method) => {
    const lab = await openLab();
    const path = archive(
      zipOf(
        [
          ['ml-latest/', ''],
          ['ml-latest/movies.csv', moviesFile],
          ['ml-latest/ratings/1.csv.gz', gzipSync(ratingsFile)],
          ['ml-latest/tags.csv', ''],
          ['__MACOSX/ml-latest/._movies.csv', 'x'],
        ],
        { method },
      ),
    );
    const [loaded] = await lab.load(path, [movies, ratings]);
    expect(loaded?.files[0]).toMatchObject({
      path: 'movies.csv',
      bytes: moviesFile.length + 1,
      modifiedAt: statSync(path, { bigint: true }).mtime.toISOString(),
    });
    expect(await lab.rows(movies)).toEqual(rows);
    expect(await lab.one('select _file from ratings')).toEqual({ _file: 'ratings/1.csv.gz' });
  });

  it('may be given as a URL, and in capital letters', async () => {
    const path = archive(zipOf([['movies.csv', moviesFile]]), 'ML [1].ZIP');
    expect((await survey(pathToFileURL(path).href)).place).toBe(path);
  });

  it('is none where a folder is called so', async () => {
    const folder = join(folderOf(), 'ml.zip');
    mkdirSync(folder);
    writeFiles(folder, { 'movies.csv': moviesFile });
    expect((await survey(folder)).files.length).toBe(1);
  });

  it('keeps a leading folder that means something, and one that not all files lie in', async () => {
    expect(await pathsIn([['movies/1.csv', moviesFile]])).toEqual(['movies/1.csv']);
    expect(await pathsIn([['x/movies/1.csv', moviesFile]])).toEqual(['movies/1.csv']);
    const two = pathsIn([
      ['x/movies.csv', moviesFile],
      ['y.txt', ''],
    ]);
    expect(await errorOf(two)).toMatchObject({ code: 'LOAD_FILE_MISSING' });
  });

  it('holds many files, and such as have no bytes', async () => {
    const many = Array.from({ length: 3000 }, (_, n) => [`x/other/${n}.csv`, ''] as const);
    expect(await pathsIn([['x/movies.csv', moviesFile], ...many])).toEqual(['movies.csv']);
    expect(await errorOf(pathsIn([['movies.csv', '']]))).toMatchObject({ code: 'LOAD_HEADER' });
  });

  it('has a version for each file, which packing does not change', async () => {
    const versions = async (content: string, method: number) => {
      const files: ZipFiles = [
        ['movies.csv', moviesFile],
        ['ratings.csv', content],
      ];
      const loader = createLoader(archive(zipOf(files, { method })));
      return (await loader.survey([movies, ratings])).files.map(({ version }) => version);
    };
    const [movies1, ratings1] = await versions(ratingsFile, 8);
    expect(await versions(ratingsFile, 0)).toEqual([movies1, ratings1]);
    const [movies2, ratings2] = await versions(ratingsFile.replace('5', '6'), 8);
    expect(movies2).toBe(movies1);
    expect(ratings2).not.toBe(ratings1);
  });

  it('is loaded by another loader than has surveyed it', async () => {
    const lab = await openLab();
    const path = archive(zipOf([['ml/movies.csv', moviesFile]]));
    await createLoader(path, { temporaryFolder: lab.temporaryFolder }).load({
      targets: [{ source: movies, table: 'movies', files: (await survey(path)).files }],
      session: lab.session,
      loadId: 'l',
      maxRejects: { rows: 0 },
      rejectsTable: 'rejected',
    });
    expect(await lab.rows(movies)).toEqual(rows);
  });

  it('that is replaced between survey and load is an error', async () => {
    const lab = await openLab();
    const path = archive(zipOf([['movies.csv', moviesFile]]));
    const loader = createLoader(path, { temporaryFolder: lab.temporaryFolder });
    const request = {
      targets: [{ source: movies, table: 'movies', files: (await loader.survey([movies])).files }],
      session: lab.session,
      loadId: 'l',
      maxRejects: { rows: 0 },
      rejectsTable: 'rejected',
    };
    for (const other of [
      zipOf([['movies.csv', `${moviesFile}3,e,f\n`]]),
      zipOf([['tags.csv', moviesFile]]),
      Buffer.from('gone'),
    ]) {
      writeFileSync(path, other);
      await lab.session.execute('drop table if exists movies');
      expect(await errorOf(loader.load(request))).toMatchObject({ code: 'LOAD_FILE_CHANGED' });
    }
  });
});

describe('a zip archive is refused', () => {
  it('where there is none', async () => {
    const error = await errorOf(survey(join(folderOf(), 'ml.zip')));
    expect(error).toMatchObject({ code: 'LOAD_FOLDER_MISSING' });
    expect(error.hint).toContain('--source');
  });

  const whole = zipOf([['ml/movies.csv', moviesFile]]);
  it.each([
    ['that is none', Buffer.from('<html>no</html>')],
    ['of no bytes', Buffer.alloc(0)],
    ['cut in the middle', whole.subarray(0, whole.length >> 1)],
    ['cut at the end', whole.subarray(0, -5)],
  ])('%s', async (_, content) => {
    expect(await loadError(await openLab(), content)).toMatchObject({ code: 'LOAD_ZIP' });
  });

  it('with a wrong checksum, though every row would load', async () => {
    for (const method of [0, 8]) {
      const content = zipOf([['movies.csv', moviesFile]], { method, crc: 12345 });
      const error = await loadError(await openLab(), content);
      expect(error).toMatchObject({ code: 'LOAD_ZIP_CHECKSUM' });
      expect(error.message).toContain('movies.csv is damaged');
    }
  });

  it('with damaged bytes', async () => {
    const content = Buffer.from(zipOf([['movies.csv', moviesFile]], { method: 0 }));
    content.write('c', content.indexOf('1,a,b') + 2);
    expect(await loadError(await openLab(), content)).toMatchObject({ code: 'LOAD_ZIP_CHECKSUM' });
  });

  it('with more or fewer bytes than it says', async () => {
    for (const size of [moviesFile.length - 2, moviesFile.length + 9]) {
      const content = zipOf([['movies.csv', moviesFile]], { size });
      expect(await loadError(await openLab(), content)).toMatchObject({ code: 'LOAD_ZIP_CHECKSUM' });
    }
  });

  it('that is encrypted', async () => {
    const error = await loadError(await openLab(), zipOf([['movies.csv', moviesFile]], { encrypted: true }));
    expect(error).toMatchObject({ code: 'LOAD_ZIP_ENCRYPTED' });
    expect(error.hint).toContain('password');
  });

  it('that is packed in a way of its own', async () => {
    const error = await loadError(await openLab(), zipOf([['movies.csv', moviesFile]], { method: 12 }));
    expect(error).toMatchObject({ code: 'LOAD_ZIP_METHOD' });
    expect(error.message).toContain('12');
  });

  it.each(['../movies.csv', 'ml/../../movies.csv', '/movies.csv', 'C:\\movies.csv', 'a\\..\\movies.csv'])(
    'with the name %s, wanted or not',
    async (name) => {
      const files: ZipFiles = [
        ['movies.csv', moviesFile],
        [name, moviesFile],
      ];
      expect(await loadError(await openLab(), zipOf(files))).toMatchObject({ code: 'LOAD_ZIP_NAME' });
    },
  );

  it('with one name twice', async () => {
    const files: ZipFiles = [
      ['movies.csv', moviesFile],
      ['movies.csv', moviesFile],
    ];
    expect(await loadError(await openLab(), zipOf(files))).toMatchObject({ code: 'LOAD_ZIP_NAME' });
  });

  it('with wrong rows, which are told by archive, file and line', async () => {
    const lab = await openLab();
    const path = archive(zipOf([['ml/tags.csv', 'userId,movieId,tag,timestamp\n1,x,t,5\n']]));
    const error = await errorOf(lab.load(path, [tags]));
    expect(error).toMatchObject({
      code: 'LOAD_REJECTS',
      location: { file: `${path}/tags.csv`, line: 2 },
    });
  });
});
