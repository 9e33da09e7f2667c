import { describe, expect, it } from 'vitest';
import { type Lab, openLab } from './support/lab.js';
import { movies, ratings } from './support/sources.js';

const MEGABYTE = 1_048_576;

/** A file of this many rows, larger than the blocks of the scan and than what one thread of DuckDB reads at a time. */
function fileOf(header: string, rows: number, row: (index: number) => string): string {
  const lines = Array.from({ length: rows }, (_, index) => row(index));
  return `${header}\n${lines.join('\n')}\n`;
}

const movieHeader = 'movieId,title,genres';

describe('files of many blocks', () => {
  describe('with line breaks inside quotes, among which several threads would lose their way', () => {
    // Lines that look like rows.
    const lines = '7,x,y\n'.repeat(100_000);
    const row = (index: number) => `${index},"title\n${lines}",drama`;
    const linesOf = (rows: number) => 2 + rows * 100_002;
    const expectRows = async (lab: Lab, rows: number, sum: number) =>
      expect(
        await lab.one('select count(*) as n, sum(movieId) as ids, min(length(title)) as length from movies'),
      ).toEqual({ n: rows, ids: sum, length: 6 + lines.length });

    it('where all rows fit', async () => {
      const lab = await openLab();
      const content = fileOf(movieHeader, 20, row);
      expect(await lab.loadOne(movies, { 'movies.csv': content })).toMatchObject({
        rows: 20,
        rejectedRows: 0,
      });
      await expectRows(lab, 20, 190);
    });

    it('where a row is wrong', async () => {
      const lab = await openLab();
      const content = fileOf(movieHeader, 20, (index) => (index === 19 ? 'x,wrong,row' : row(index)));
      expect(await lab.loadOne(movies, { 'movies.csv': content })).toMatchObject({
        rows: 19,
        rejectedRows: 1,
      });
      await expectRows(lab, 19, 171);
      expect(await lab.rejects()).toEqual([
        [linesOf(19), 'movieId', '"x" is not a whole number.', 'x,wrong,row'],
      ]);
    });

    it('where keys conflict', async () => {
      const lab = await openLab();
      const content = fileOf(movieHeader, 20, (index) => (index === 19 ? '5,other,row' : row(index)));
      expect(await lab.loadOne(movies, { 'movies.csv': content })).toMatchObject({
        rows: 18,
        rejectedRows: 2,
      });
      await expectRows(lab, 18, 166);
      expect((await lab.rejects()).map(([line, , , raw]) => [line, String(raw).slice(0, 11)])).toEqual([
        [linesOf(5), '5,"title\n7,'],
        [linesOf(19), '5,other,row'],
      ]);
    });
  });

  it('whose line ends change in the middle', async () => {
    const lab = await openLab();
    const row = (index: number) => `${index},title ${index},drama${index < 50_000 ? '' : '\r'}`;
    const content = fileOf(movieHeader, 100_000, row);
    expect(await lab.loadOne(movies, { 'movies.csv': content })).toMatchObject({
      rows: 100_000,
      rejectedRows: 0,
    });
    expect(await lab.one("select count(*) as n from movies where genres = 'drama'")).toEqual({ n: 100_000 });
  });

  it('of which one row in a million is wrong', async () => {
    const lab = await openLab();
    const content = fileOf('userId,movieId,rating,timestamp', 1_000_000, (index) =>
      index === 999_000 ? `${index},1,bad,0` : `${index},1,3.5,0`,
    );
    expect(await lab.loadOne(ratings, { 'ratings.csv': content })).toMatchObject({
      rows: 999_999,
      rejectedRows: 1,
    });
    expect(await lab.rejects()).toEqual([[999_002, 'rating', '"bad" is not a number.', '999000,1,bad,0']]);
  });

  it('of which every row is wrong', async () => {
    const lab = await openLab();
    const content = fileOf(movieHeader, 60_000, (index) => `x${index},"a ""b"" c",d`);
    expect(await lab.loadOne(movies, { 'movies.csv': content })).toMatchObject({
      rows: 0,
      rejectedRows: 60_000,
    });
    expect(
      await lab.one(
        'select count(distinct line) as lines, max(line) as last, count(*) filter (raw = \'x\' || line - 2 || \',"a ""b"" c",d\') as raw from rejected',
      ),
    ).toEqual({ lines: 60_000, last: 60_001, raw: 60_000 });
  });

  it('of rows of a megabyte each, and of such that grow when their backslashes are doubled', async () => {
    const lab = await openLab();
    const long = (index: number) => `${index},"${'\\x'.repeat(MEGABYTE / 2 - 20)}",b`;
    const content = fileOf(movieHeader, 8, long);
    expect(await lab.loadOne(movies, { 'movie.csv': content })).toMatchObject({ rows: 8, rejectedRows: 0 });
    expect(await lab.one('select count(*) as n, min(length(title)) as length from movies')).toEqual({
      n: 8,
      length: MEGABYTE - 40,
    });
  });
});
