import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { rawLinks, rawMovies, rawRatings, rawTags } from '../../../packages/models-staging/src/warehouse.js';
import { hasFakesnow, openFakesnow } from '../fakesnow.js';
import { type Files, folderOf, loadInto, openAt, openEmulated, openMemory } from './support.js';

const FILES: Files = {
  'ratings/2015.csv': 'userId,movieId,rating,timestamp\r\n1,2,3.5,1112486027\r\n1,3,x,5\r\n1,4,4\r\n',
  'ratings/2016.csv.gz': gzipSync(
    '"userId","movieId","rating","timestamp"\n"1","2","4.5","2005-04-02 23:53:47"\n2,2,5,"2015-02-29 00:00:00"\n3,3,1,"2015-02-28 00:00:00"\n',
  ),
  'movies.csv':
    'movieId,title,genres\n1,"Heat, ""The""\n(1995)",Crime|Drama\n2,stray"quote,x\n3,"never closed,x\n4,Amélie,(no genres listed)\n\n4,Other,x\n',
  'link.csv': Buffer.concat([
    Buffer.from('"movieId","imdbId","tmdbId"\n1,114709,\n2,"0113497",8844\n3,caf'),
    Buffer.of(0xe9),
    Buffer.from(',1\n'),
  ]),
  'tags.csv.gz': gzipSync('userId,movieId,tag,timestamp\n1,1,NA,0\n1,1,,1\n1,1,9/11,99999999999999\n'),
};

const sources = [rawRatings, rawMovies, rawLinks, rawTags];

it('files of a bucket come out as on DuckDB, reject by reject', { timeout: 60_000 }, async () => {
  const buckets = folderOf(FILES, 'films/ml');
  const expected = await loadInto(await openMemory(), join(buckets, 'films/ml'), sources);
  expect(expected).toMatchObject({ told: sources.map(({ name }) => name).sort() });
  const warehouse = await openEmulated(buckets);
  expect(await loadInto(warehouse, 's3://films/ml', sources)).toEqual(expected);
});

it('local files are uploaded and come out the same', { timeout: 60_000 }, async () => {
  const folder = folderOf(FILES);
  const expected = await loadInto(await openMemory(), folder, sources);
  expect(await loadInto(await openEmulated(folder), folder, sources)).toEqual(expected);
});

/** fakesnow resolves the backslashes of a pattern twice, so it cannot read the Kaggle shape. */
const GROUPLENS: Files = {
  'ratings.csv': FILES['ratings/2015.csv']!,
  'movies.csv': FILES['movies.csv']!,
  'links.csv': Buffer.concat([
    Buffer.from('movieId,imdbId,tmdbId\r\n1,0114709,\r\n2,0113497,8844\r\n3,caf'),
    Buffer.of(0xe9),
    Buffer.from(',1\r\n'),
  ]),
  'tags.csv.gz': FILES['tags.csv.gz']!,
};

it.skipIf(!hasFakesnow)("fakesnow's functions cut and judge lines alike", { timeout: 60_000 }, async () => {
  const folder = folderOf(GROUPLENS);
  const expected = await loadInto(await openMemory(), folder, sources);
  const url = await openFakesnow({ complete: true });
  expect(await loadInto(await openAt(url), folder, sources)).toEqual(expected);
});
