import { describe, expect, it } from 'vitest';
import { openLab } from './support/lab.js';
import { links, movies, ratings, scores, tags } from './support/sources.js';

const movieHeader = 'movieId,title,genres';
const tagHeader = 'userId,movieId,tag,timestamp';
const LONGEST = 1_048_576;

/** The rejects of a file as `[line, column, reason, raw]`, and how many rows were loaded beside them. */
async function rejectsOf(
  source: Parameters<Awaited<ReturnType<typeof openLab>>['loadOne']>[0],
  file: string,
  lines: string | Buffer,
) {
  const lab = await openLab();
  const loaded = await lab.loadOne(source, { [file]: lines });
  const rejects = await lab.rejects();
  expect(loaded.rejectedRows).toBe(rejects.length);
  expect((await lab.rows(source)).length).toBe(loaded.rows);
  return { rejects, rows: loaded.rows };
}

describe('a row is rejected for', () => {
  it('too few or too many values', async () => {
    const lines = `${movieHeader}\n1,a,b\n2,a\n3,a,b,c\n4\n,\n"5"\n6,a,b,\n""\n7,c,d\n`;
    expect(await rejectsOf(movies, 'movies.csv', lines)).toEqual({
      rows: 2,
      rejects: [
        [3, null, 'The row has 2 values, the header has 3.', '2,a'],
        [4, null, 'The row has 4 values, the header has 3.', '3,a,b,c'],
        [5, null, 'The row has 1 value, the header has 3.', '4'],
        [6, null, 'The row has 2 values, the header has 3.', ','],
        [7, null, 'The row has 1 value, the header has 3.', '"5"'],
        [8, null, 'The row has 4 values, the header has 3.', '6,a,b,'],
        [9, null, 'The row has 1 value, the header has 3.', '""'],
      ],
    });
  });

  it('a blank line of blanks, which is a value', async () => {
    expect((await rejectsOf(movies, 'movies.csv', `${movieHeader}\n \n1,a,b\n\t\n`)).rejects).toEqual([
      [2, null, 'The row has 1 value, the header has 3.', ' '],
      [4, null, 'The row has 1 value, the header has 3.', '\t'],
    ]);
  });

  it('what is no int', async () => {
    const wrong = ['abc', '1.5', ' 5', '5 ', '', '1e3', '0x10', '1,000', '--1', '+', '١', 'true', '1_0'];
    const lines = wrong.map((id) => `${id.includes(',') ? `"${id}"` : id},a,b\n`).join('');
    const { rejects, rows } = await rejectsOf(movies, 'movies.csv', `${movieHeader}\n${lines}9,fine,row\n`);
    expect(rows).toBe(1);
    expect(rejects.map(([line, column, reason]) => [line, column, reason])).toEqual(
      wrong.map((value, index) => [
        index + 2,
        'movieId',
        value === ''
          ? 'The value is empty, but the column is not nullable.'
          : `${JSON.stringify(value)} is not a whole number.`,
      ]),
    );
  });

  it('an int beyond 64 bits', async () => {
    const lines = `${movieHeader}\n9223372036854775808,a,b\n-9223372036854775809,a,b\n${'9'.repeat(5000)},a,b\n`;
    const { rejects } = await rejectsOf(movies, 'movies.csv', lines);
    expect(rejects.slice(0, 2)).toEqual([
      [2, 'movieId', '"9223372036854775808" does not fit into 64 bits.', '9223372036854775808,a,b'],
      [3, 'movieId', '"-9223372036854775809" does not fit into 64 bits.', '-9223372036854775809,a,b'],
    ]);
    expect(rejects[2]![2]).toBe(`"${'9'.repeat(60)}…" does not fit into 64 bits.`);
  });

  it('what is no double', async () => {
    const wrong = [
      'abc',
      '',
      '.',
      '1.5.2',
      '1e',
      'e5',
      'inf',
      'nan',
      'Infinity',
      ' 1.5',
      '1.5 ',
      '1e999',
      '0x1p3',
      '1d',
    ];
    const lines = wrong.map((value) => `1,1,${value}\n`).join('');
    const { rejects, rows } = await rejectsOf(
      scores,
      'genome-scores.csv',
      `movieId,tagId,relevance\n${lines}`,
    );
    expect(rows).toBe(0);
    expect(rejects.map(([line, column, reason]) => [line, column, reason])).toEqual(
      wrong.map((value, index) => [
        index + 2,
        'relevance',
        value === ''
          ? 'The value is empty, but the column is not nullable.'
          : value === '1e999'
            ? '"1e999" is too large for a double.'
            : `"${value}" is not a number.`,
      ]),
    );
  });

  it('what is no time in epoch seconds', async () => {
    const wrong = [
      '2015-01-01 00:00:00',
      '1.5',
      '',
      '253402300800',
      '-62135596801',
      '99999999999999999999999',
    ];
    const lines = wrong.map((value) => `1,1,x,${value}\n`).join('');
    const { rejects } = await rejectsOf(tags, 'tags.csv', `${tagHeader}\n${lines}`);
    expect(rejects.map(([line, column, reason]) => [line, column, reason])).toEqual([
      [2, 'timestamp', '"2015-01-01 00:00:00" is not a whole number.'],
      [3, 'timestamp', '"1.5" is not a whole number.'],
      [4, 'timestamp', 'The value is empty, but the column is not nullable.'],
      [5, 'timestamp', '"253402300800" is no time between the years 1 and 9999.'],
      [6, 'timestamp', '"-62135596801" is no time between the years 1 and 9999.'],
      [7, 'timestamp', '"99999999999999999999999" is no time between the years 1 and 9999.'],
    ]);
  });

  it('what is no time in text', async () => {
    const wrong = [
      '2015-02-29 00:00:00',
      '1900-02-29 00:00:00',
      '2015-13-01 00:00:00',
      '2015-00-01 00:00:00',
      '2015-04-31 00:00:00',
      '2015-04-00 00:00:00',
      '2015-01-01 24:00:00',
      '2015-01-01 00:60:00',
      '2015-01-01 00:00:60',
      '2015-01-01',
      '2015-01-01T00:00:00',
      '2015-01-01 00:00:00.5',
      '2015-01-01 00:00:00Z',
      '2015-1-1 00:00:00',
      '0000-01-01 00:00:00',
      '1420070400',
      ' 2015-01-01 00:00:0',
    ];
    const lines = wrong.map((value, index) => `1,1,x,${index % 2 ? `"${value}"` : value}\n`).join('');
    const { rejects, rows } = await rejectsOf(tags, 'tag.csv', `${tagHeader}\n${lines}`);
    expect(rows).toBe(0);
    expect(rejects.map(([line, column, reason]) => [line, column, reason])).toEqual(
      wrong.map((value, index) => [
        index + 2,
        'timestamp',
        `"${value}" is not a time written as YYYY-MM-DD HH:MM:SS.`,
      ]),
    );
  });

  it('broken quotes, line by line, and what follows goes on', async () => {
    const lines = [
      '1,"open,b',
      '2,fine,row',
      '3,st"ray,b',
      '4,fine,"row"',
      '5,"shut"too,early',
      '6,"quote ""inside""",fine',
      '7,fine,row"',
      '8,"never closed,b',
      '9,fine,row',
    ];
    expect(await rejectsOf(movies, 'movies.csv', `${movieHeader}\n${lines.join('\n')}\n`)).toEqual({
      rows: 4,
      rejects: [
        [2, 'title', 'A quoted value is not closed.', '1,"open,b'],
        [4, 'title', 'A quote stands inside a value without quotes.', '3,st"ray,b'],
        [6, 'title', 'Something other than a comma follows a closing quote.', '5,"shut"too,early'],
        [8, 'genres', 'A quote stands inside a value without quotes.', '7,fine,row"'],
        [9, 'title', 'A quoted value is not closed.', '8,"never closed,b'],
      ],
    });
  });

  it('a quote that is not closed before the file ends without a line end', async () => {
    expect(await rejectsOf(movies, 'movies.csv', `${movieHeader}\n1,a,b\n2,a,"b`)).toEqual({
      rows: 1,
      rejects: [[3, 'genres', 'A quoted value is not closed.', '2,a,"b']],
    });
  });

  it('doubled quotes in the Kaggle shape, which escapes by backslash', async () => {
    expect(await rejectsOf(movies, 'movie.csv', `${movieHeader}\n1,"say ""hi""",b\n2,"a","b"\n`)).toEqual({
      rows: 1,
      rejects: [[2, 'title', 'Something other than a comma follows a closing quote.', '1,"say ""hi""",b']],
    });
  });

  it('a line break inside the quotes of a number', async () => {
    expect(await rejectsOf(movies, 'movies.csv', `${movieHeader}\n"1\n",a,b\n2,a,b\n`)).toEqual({
      rows: 1,
      rejects: [
        [2, 'movieId', 'A quoted value is not closed.', '"1'],
        [3, 'movieId', 'A quoted value is not closed.', '",a,b'],
      ],
    });
  });

  it('a carriage return outside quotes', async () => {
    expect(await rejectsOf(movies, 'movies.csv', `${movieHeader}\n1,a\rb,c\n2,a,b\r\r\n3,a,b\r\n`)).toEqual({
      rows: 1,
      rejects: [
        [2, 'title', 'A carriage return stands outside quotes.', '1,a\rb,c'],
        [3, 'genres', 'A carriage return stands outside quotes.', '2,a,b\r'],
      ],
    });
  });

  it('invalid UTF-8, even where the rest of the megabyte is fine', async () => {
    const lines = Buffer.concat([
      Buffer.from(`${movieHeader}\n1,é,b\n2,caf`),
      Buffer.from([0xe9]),
      Buffer.from(',b\n3,é,b\n4,"'),
      Buffer.from([0xc0, 0xaf, 0xed, 0xa0, 0x80]),
      Buffer.from('",b\n5,é,b\n6'),
      Buffer.from([0xff]),
      Buffer.from(',a,b\n'),
    ]);
    expect(await rejectsOf(movies, 'movies.csv', lines)).toEqual({
      rows: 3,
      rejects: [
        [3, 'title', 'The value is not valid UTF-8.', '2,caf\ufffd,b'],
        [5, 'title', 'The value is not valid UTF-8.', `4,"${'\ufffd'.repeat(5)}",b`],
        [7, 'movieId', 'The value is not valid UTF-8.', '6\ufffd,a,b'],
      ],
    });
  });

  it('a NUL byte', async () => {
    expect(
      await rejectsOf(movies, 'movies.csv', `${movieHeader}\n1,a\0b,c\n2,"\0",c\n3\0,a,b\n4,a,b\n`),
    ).toEqual({
      rows: 1,
      rejects: [
        [2, 'title', 'The value holds a NUL character.', '1,a\ufffdb,c'],
        [3, 'title', 'The value holds a NUL character.', '2,"\ufffd",c'],
        [4, 'movieId', 'The value holds a NUL character.', '3\ufffd,a,b'],
      ],
    });
  });

  it('the first of several faults only', async () => {
    expect((await rejectsOf(movies, 'movies.csv', `${movieHeader}\nx,\0,b\n`)).rejects).toEqual([
      [2, 'movieId', '"x" is not a whole number.', 'x,\ufffd,b'],
    ]);
  });
});

describe('lines are physical lines', () => {
  it('also behind line breaks inside quotes, blank lines and a byte order mark', async () => {
    const lines =
      '\ufeffmovieId,title,genres\r\n1,"a\n\nb","c\r\nd"\r\n\r\nx,a,b\r\n2,a,b\n\n\ny,"\n",b\r\nz,a,b';
    expect(await rejectsOf(movies, 'movies.csv', lines)).toEqual({
      rows: 2,
      rejects: [
        [7, 'movieId', '"x" is not a whole number.', 'x,a,b'],
        [11, 'movieId', '"y" is not a whole number.', 'y,"\n",b'],
        [13, 'movieId', '"z" is not a whole number.', 'z,a,b'],
      ],
    });
  });

  it('in the Kaggle shape, too', async () => {
    const lines = `"movieId","title","genres"\n1,"a\\"\\"\nb","c"\nx,"a\n\\"\n",b\ny,a,b\n`;
    expect(await rejectsOf(movies, 'movie.csv', lines)).toEqual({
      rows: 1,
      rejects: [
        [4, 'movieId', '"x" is not a whole number.', 'x,"a\n\\"\n",b'],
        [7, 'movieId', '"y" is not a whole number.', 'y,a,b'],
      ],
    });
  });

  it('an unpacked file counts the same lines', async () => {
    const { gzipSync } = await import('node:zlib');
    const lines = gzipSync(`${movieHeader}\n1,"a\nb",c\nx,a,b\n`);
    expect((await rejectsOf(movies, 'movies.csv.gz', lines)).rejects).toEqual([
      [4, 'movieId', '"x" is not a whole number.', 'x,a,b'],
    ]);
  });
});

describe('long lines', () => {
  const long = (bytes: number) => `3,${'x'.repeat(bytes - 4)},b`;

  it('of up to a megabyte are loaded', async () => {
    const lab = await openLab();
    await lab.loadOne(movies, { 'movies.csv': `${movieHeader}\n1,a,b\n${long(LONGEST)}\n2,a,b\n` });
    expect(await lab.rejects()).toEqual([]);
    expect(await lab.session.query('select length(title) as n from movies order by 1')).toEqual([
      { n: 1 },
      { n: 1 },
      { n: LONGEST - 4 },
    ]);
  });

  for (const [name, bytes] of [
    ['one byte more', LONGEST + 1],
    ['more than a block', 5 * LONGEST + 7],
  ] as const) {
    it(`are rejected: ${name}`, async () => {
      const file = `${movieHeader}\n1,a,b\n${long(bytes)}\n2,a,b\nx,a,b\n${long(bytes)}\n`;
      const { rejects, rows } = await rejectsOf(movies, 'movies.csv', file);
      expect(rows).toBe(2);
      expect(
        rejects.map(([line, column, reason, raw]) => [line, column, reason, String(raw).length]),
      ).toEqual([
        [3, null, 'The line is longer than 1,048,576 bytes.', 10_000],
        [5, 'movieId', '"x" is not a whole number.', 5],
        [6, null, 'The line is longer than 1,048,576 bytes.', 10_000],
      ]);
    });
  }

  it('at the end of the file without a line end', async () => {
    const { rejects, rows } = await rejectsOf(
      movies,
      'movies.csv',
      `${movieHeader}\n1,a,b\n${long(3 * LONGEST)}`,
    );
    expect(rows).toBe(1);
    expect(rejects.map(([line]) => line)).toEqual([3]);
  });

  it('a quote that is open for more than a megabyte costs its own line only', async () => {
    const rows = Array.from({ length: 150_000 }, (_, index) => `${index},title ${index},drama\n`);
    rows[10] = '10,"title 10,drama\n';
    rows[149_000] = '149000,"title"",drama\n';
    const { rejects, rows: loaded } = await rejectsOf(
      movies,
      'movies.csv',
      `${movieHeader}\n${rows.join('')}`,
    );
    expect(rejects.map(([line, column, , raw]) => [line, column, raw])).toEqual([
      [12, 'title', '10,"title 10,drama'],
      [149_002, 'title', '149000,"title"",drama'],
    ]);
    expect(loaded).toBe(149_998);
  });

  it.each(['é', '🎬'])('raw text of %s is cut at 10,000 characters, not bytes', async (character) => {
    const text = `${movieHeader}\nx,${character.repeat(20_000)},b\n`;
    const { rejects } = await rejectsOf(movies, 'movies.csv', text);
    expect(rejects[0]![3]).toBe(`x,${character.repeat(9_998)}`);
  });
});

it('an empty required double and time are rejected in ratings', async () => {
  const { rejects, rows } = await rejectsOf(
    ratings,
    'ratings.csv',
    'userId,movieId,rating,timestamp\n1,1,,5\n1,2,3,""\n1,3,3,5\n',
  );
  expect(rows).toBe(1);
  expect(rejects.map(([line, column]) => [line, column])).toEqual([
    [2, 'rating'],
    [3, 'timestamp'],
  ]);
});

it('rejects name load, source and delivered file', async () => {
  const lab = await openLab();
  await lab.loadOne(links, { 'links.csv': "movieId,imdbId,tmdbId\n1,1,it's\n" }, { loadId: 'the load' });
  expect(await lab.one('select * from rejected')).toEqual({
    load_id: 'the load',
    source: 'links',
    file: 'links.csv',
    line: 2,
    column_name: 'tmdbId',
    reason: '"it\'s" is not a whole number.',
    raw: "1,1,it's",
  });
});
