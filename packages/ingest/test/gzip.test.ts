import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { errorOf, folderOf, openLab } from './support/lab.js';
import { movies, ratings } from './support/sources.js';

const header = 'movieId,title,genres\n';
/** So large, and so little alike, that no part of it is in zlib's buffers when the file ends. */
const many = Array.from({ length: 100_000 }, (_, index) => `${index},${index % 97},3.5,${index}\n`).join('');
const ratingsFile = gzipSync(`userId,movieId,rating,timestamp\n${many}`);

describe('a gzip file', () => {
  const corrupt = Buffer.from(ratingsFile);
  corrupt.fill(0x55, ratingsFile.length >> 1, (ratingsFile.length >> 1) + 64);
  for (const [name, bytes] of [
    ['that breaks off in the middle', ratingsFile.subarray(0, ratingsFile.length >> 1)],
    ['whose last byte is missing', ratingsFile.subarray(0, -1)],
    ['that is damaged', corrupt],
  ] as const) {
    it(`${name} is an error`, async () => {
      const lab = await openLab();
      const folder = folderOf({ 'ratings.csv.gz': bytes });
      const error = await errorOf(lab.load(folder, [ratings]));
      expect(error).toMatchObject({ name: 'LoadError', code: 'LOAD_GZIP' });
      expect(error.location?.file).toBe(join(folder, 'ratings.csv.gz'));
    });
  }

  it('of several members is one file', async () => {
    const lab = await openLab();
    const bytes = Buffer.concat([gzipSync(`${header}1,a,`), gzipSync('b\n2,c,d\n')]);
    expect(await lab.loadOne(movies, { 'movies.csv.gz': bytes })).toMatchObject({ rows: 2 });
  });

  it('in a gzip file is told so', async () => {
    const lab = await openLab();
    const twice = gzipSync(gzipSync(`${header}1,a,b\n`));
    const error = await errorOf(lab.load(folderOf({ 'movies.csv.gz': twice }), [movies]));
    expect(error).toMatchObject({ code: 'LOAD_HEADER', hint: 'Compress it once.' });
    expect(error.message).toBe('movies.csv.gz is compressed twice.');
  });

  it('may end in padding', async () => {
    const lab = await openLab();
    const bytes = Buffer.concat([gzipSync(`${header}1,a,b\n`), Buffer.alloc(100_000)]);
    expect(await lab.loadOne(movies, { 'movies.csv.gz': bytes })).toMatchObject({ rows: 1 });
  });

  for (const [name, behind] of [
    ['a member whose first byte is gone to zero', Buffer.of(0, ...gzipSync('2,c,d\n').subarray(1))],
    ['padding and another member', Buffer.concat([Buffer.alloc(70_000), gzipSync('2,c,d\n')])],
    ['what is no member', Buffer.from('2,c,d\n')],
  ] as const) {
    it(`with ${name} behind the first is an error, for rows may be in it`, async () => {
      const lab = await openLab();
      const folder = folderOf({ 'movies.csv.gz': Buffer.concat([gzipSync(`${header}1,a,b\n`), behind]) });
      const error = await errorOf(lab.load(folder, [movies]));
      expect(error).toMatchObject({ name: 'LoadError', code: 'LOAD_GZIP' });
      expect(error.hint).toContain('Deliver the file again');
      expect(error.location?.file).toBe(join(folder, 'movies.csv.gz'));
    });
  }
});
