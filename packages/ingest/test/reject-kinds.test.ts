import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type Files, openLab } from './support/lab.js';
import { ratings, tags } from './support/sources.js';

const MEGABYTE = 1_048_576;
const LONG = `8,1,${'x'.repeat(MEGABYTE)},0`;
const CUT = LONG.slice(0, 10_000);

/** A tags file with a row of every kind that is rejected, and what is kept of each: line, column, reason, raw text. */
function tagsWith(time: string, wrongTime: readonly [value: string, reason: string]) {
  const [badTime, timeReason] = wrongTime;
  const rows: readonly (readonly [
    row: string | Buffer,
    ...kept: readonly [...unknown[], raw: string] | [],
  ])[] = [
    [`1,1,fits,${time}`],
    ['2,1', null, 'The row has 2 values, the header has 4.', '2,1'],
    [`3,1,a,b,${time}`, null, 'The row has 5 values, the header has 4.', `3,1,a,b,${time}`],
    [`4.5,1,a,${time}`, 'userId', '"4.5" is not a whole number.', `4.5,1,a,${time}`],
    [`,1,a,${time}`, 'userId', 'The value is empty, but the column is not nullable.', `,1,a,${time}`],
    [`5,1,a,${badTime}`, 'timestamp', timeReason, `5,1,a,${badTime}`],
    [`6,1,"a,${time}`, 'tag', 'A quoted value is not closed.', `6,1,"a,${time}`],
    [`6,1,a"b,${time}`, 'tag', 'A quote stands inside a value without quotes.', `6,1,a"b,${time}`],
    [`6,1,"a"b,${time}`, 'tag', 'Something other than a comma follows a closing quote.', `6,1,"a"b,${time}`],
    [`6,1,a\rb,${time}`, 'tag', 'A carriage return stands outside quotes.', `6,1,a\rb,${time}`],
    [
      Buffer.concat([Buffer.from('7,1,caf'), Buffer.of(0xe9), Buffer.from(`,${time}`)]),
      'tag',
      'The value is not valid UTF-8.',
      `7,1,caf\ufffd,${time}`,
    ],
    [`7,1,a\0b,${time}`, 'tag', 'The value holds a NUL character.', `7,1,a\ufffdb,${time}`],
    [LONG, null, 'The line is longer than 1,048,576 bytes.', CUT],
    [`9,1,fits,${time}`],
  ];
  const content = (lineEnd: string) =>
    Buffer.concat(
      [Buffer.from('userId,movieId,tag,timestamp'), ...rows.map(([row]) => Buffer.from(row))].flatMap(
        (line) => [line, Buffer.from(lineEnd)],
      ),
    );
  const kept = rows.flatMap(([, ...rest], index) => (rest.length > 0 ? [[index + 2, ...rest]] : []));
  return { content, kept };
}

const grouplens = tagsWith('0', ['noon', '"noon" is not a whole number.']);
const kaggle = tagsWith('2015-03-09 22:52:09', [
  '2015-02-29 00:00:00',
  '"2015-02-29 00:00:00" is not a time written as YYYY-MM-DD HH:MM:SS.',
]);

describe('every kind of reject is kept with file, line, column, reason and raw text', () => {
  const cases: Readonly<Record<string, readonly [Files, typeof grouplens]>> = {
    'GroupLens, LF': [{ 'tags.csv': grouplens.content('\n') }, grouplens],
    'GroupLens, CRLF': [{ 'tags.csv': grouplens.content('\r\n') }, grouplens],
    'GroupLens, gzip': [{ 'tags.csv.gz': gzipSync(grouplens.content('\r\n')) }, grouplens],
    'Kaggle, LF': [{ 'tag.csv': kaggle.content('\n') }, kaggle],
    'Kaggle, gzip': [{ 'tag.csv.gz': gzipSync(kaggle.content('\n')) }, kaggle],
  };
  for (const [name, [files, { kept }]] of Object.entries(cases)) {
    it(name, async () => {
      const lab = await openLab();
      expect(await lab.loadOne(tags, files)).toMatchObject({ rows: 2, rejectedRows: kept.length });
      expect(await lab.rejects()).toEqual(kept);
      expect(await lab.session.query('select distinct load_id, source, file from rejected')).toEqual([
        { load_id: 'load-1', source: 'tags', file: Object.keys(files)[0] },
      ]);
      expect((await lab.rows(tags)).map(({ userId }) => userId)).toEqual([1, 9]);
    });
  }

  it('a bad double, and one that is too large', async () => {
    const lab = await openLab();
    const file = 'userId,movieId,rating,timestamp\n1,1,3,5,0\n1,1,"3,5",0\n1,2,1e309,0\n1,3,3.5,0\n';
    expect(await lab.loadOne(ratings, { 'ratings.csv': file })).toMatchObject({ rows: 1 });
    expect(await lab.rejects()).toEqual([
      [2, null, 'The row has 5 values, the header has 4.', '1,1,3,5,0'],
      [3, 'rating', '"3,5" is not a number.', '1,1,"3,5",0'],
      [4, 'rating', '"1e309" is too large for a double.', '1,2,1e309,0'],
    ]);
  });
});

describe('what only looks odd is loaded', () => {
  const body = '1,1,0.1234567890123456789012345678901234567890,0\n1,2,3.5,1\n';
  const head = 'userId,movieId,rating,timestamp\n';
  for (const [name, files] of Object.entries<Files>({
    'a byte order mark': { 'ratings.csv': `\ufeff${head}${body}` },
    'a byte order mark in an archive': { 'ratings.csv.gz': gzipSync(`\ufeff${head}${body}`) },
    'blank lines at the end': { 'ratings.csv': `${head}${body}\n\r\n\n` },
    'a byte order mark, CRLF and blank lines': {
      'ratings.csv': `\ufeff${head}${body}\n\n`.replaceAll('\n', '\r\n'),
    },
  })) {
    it(`${name}, with a long float`, async () => {
      const lab = await openLab();
      expect(await lab.loadOne(ratings, files)).toMatchObject({ rows: 2, rejectedRows: 0 });
      expect((await lab.rows(ratings)).map(({ rating }) => rating)).toEqual([0.12345678901234568, 3.5]);
    });
  }
});
