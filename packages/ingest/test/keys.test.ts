import { describe, expect, it } from 'vitest';
import { type Lab, openLab } from './support/lab.js';
import { links, movies, ratings, scores, tags } from './support/sources.js';

const ratingHeader = 'userId,movieId,rating,timestamp';

function loadRatings(lab: Lab, rows: readonly string[]) {
  return lab.loadOne(ratings, {
    'ratings.csv': `${ratingHeader}\n${rows.map((row) => `${row}\n`).join('')}`,
  });
}

describe('rows that say the same', () => {
  it('collapse into one and are counted', async () => {
    const lab = await openLab();
    const loaded = await loadRatings(lab, ['1,1,3,10', '1,1,3,10', '1,2,4,10', '1,1,3,10']);
    expect(loaded).toMatchObject({ rows: 2, rejectedRows: 0, repeatedRows: 2, overruledRows: 0 });
    expect(loaded.files).toMatchObject([{ rows: 2, rejectedRows: 0, repeatedRows: 2 }]);
    expect(await lab.rows(ratings)).toEqual([
      { userId: 1, movieId: 1, rating: 3, timestamp: '1970-01-01 00:00:10' },
      { userId: 1, movieId: 2, rating: 4, timestamp: '1970-01-01 00:00:10' },
    ]);
  });

  it('however they are written', async () => {
    const lab = await openLab();
    const loaded = await loadRatings(lab, ['1,1,3,10', '"1",01,3.0,+10', '1,+1,30e-1,"10"', '1,1,.3e1,0010']);
    expect(loaded).toMatchObject({ rows: 1, rejectedRows: 0, repeatedRows: 3 });
  });

  it('with a missing value, too', async () => {
    const lab = await openLab();
    const file = 'movieId,imdbId,tmdbId\n1,114709,\n1,0114709,""\n2,5,7\n';
    expect(await lab.loadOne(links, { 'links.csv': file })).toMatchObject({
      rows: 2,
      repeatedRows: 1,
      rejectedRows: 0,
    });
  });

  it('stay where the source has no key', async () => {
    const lab = await openLab();
    const row = '1,1,same,10\n';
    const file = `userId,movieId,tag,timestamp\n${row.repeat(3)}`;
    expect(await lab.loadOne(tags, { 'tags.csv': file })).toMatchObject({ rows: 3, repeatedRows: 0 });
  });
});

describe('rows with one key that differ', () => {
  it('are all rejected with their lines', async () => {
    const lab = await openLab();
    const file = 'movieId,title,genres\n7,"a\nb",x\n1,one,x\n2,two,x\n1,uno,x\n3,three,x\n1,one,x\n';
    const loaded = await lab.loadOne(movies, { 'movies.csv': file });
    expect(loaded).toMatchObject({ rows: 3, rejectedRows: 3, repeatedRows: 0 });
    expect((await lab.rows(movies)).map(({ movieId }) => movieId)).toEqual([2, 3, 7]);
    expect((await lab.rejects()).map(([line, column, , raw]) => [line, column, raw])).toEqual([
      [4, 'movieId', '1,one,x'],
      [6, 'movieId', '1,uno,x'],
      [8, 'movieId', '1,one,x'],
    ]);
    expect((await lab.rejects())[0]![2]).toBe(
      'The key movieId = 1 comes with other values in the same file.',
    );
  });

  it('name all columns of the key', async () => {
    const lab = await openLab();
    await loadRatings(lab, ['5,1,3,10', '5,1,3.5,10']);
    const reason = 'The key userId, movieId = 5, 1 comes with other values in the same file.';
    expect(await lab.rejects()).toEqual([
      [2, 'userId, movieId', reason, '5,1,3,10'],
      [3, 'userId, movieId', reason, '5,1,3.5,10'],
    ]);
  });

  it('differ already in a missing value, a last digit or a second', async () => {
    for (const [one, other] of [
      ['1,1,3.5,10', '1,1,3.5,11'],
      ['1,1,0.1,10', '1,1,0.10000000000000002,10'],
    ] as const) {
      const lab = await openLab();
      expect(await loadRatings(lab, [one, other])).toMatchObject({ rows: 0, rejectedRows: 2 });
    }
    const lab = await openLab();
    const file = 'movieId,imdbId,tmdbId\n1,1,\n1,1,0\n';
    expect(await lab.loadOne(links, { 'links.csv': file })).toMatchObject({ rows: 0, rejectedRows: 2 });
  });

  it('have their raw text kept as it was delivered, in the Kaggle shape too', async () => {
    const lab = await openLab();
    const rows = ['1,"a\\b","x"', '1,"say \\"\\"hi\\"\\"","x"', '2,"c","y"'];
    const loaded = await lab.loadOne(movies, { 'movie.csv': `movieId,title,genres\n${rows.join('\n')}\n` });
    expect(loaded).toMatchObject({ rows: 1, rejectedRows: 2 });
    expect((await lab.rejects()).map(([line, , , raw]) => [line, raw])).toEqual([
      [2, rows[0]],
      [3, rows[1]],
    ]);
  });

  it('stand beside rejects of other kinds', async () => {
    const lab = await openLab();
    const loaded = await loadRatings(lab, ['1,1,3,10', 'x,1,3,10', '1,1,4,10', '2,2,2,10', '2,2,2,10']);
    expect(loaded).toMatchObject({ rows: 1, rejectedRows: 3, repeatedRows: 1 });
    expect((await lab.rejects()).map(([line]) => line)).toEqual([2, 3, 4]);
  });
});

describe('repeated keys are found in files', () => {
  const cases: Readonly<Record<string, { rows: readonly string[]; expected: object }>> = {
    'that ascend': { rows: ['1,1,1,1', '1,2,1,1', '2,1,1,1'], expected: { rows: 3, repeatedRows: 0 } },
    'that ascend up to a repeat': {
      rows: ['1,1,1,1', '1,2,1,1', '1,2,1,1'],
      expected: { rows: 2, repeatedRows: 1 },
    },
    'that descend': { rows: ['3,1,1,1', '2,1,1,1', '1,1,1,1'], expected: { rows: 3, repeatedRows: 0 } },
    'that descend with a repeat': {
      rows: ['3,1,1,1', '2,1,1,1', '3,1,1,1'],
      expected: { rows: 2, repeatedRows: 1 },
    },
    'with negative keys': {
      rows: ['-2,-1,1,1', '-1,-2,1,1', '-2,-1,1,1'],
      expected: { rows: 2, repeatedRows: 1 },
    },
    'with negative keys that ascend': {
      rows: ['-5,3,1,1', '-5,4,1,1', '0,-1,1,1'],
      expected: { rows: 3, repeatedRows: 0 },
    },
    'with keys beyond 32 bits': {
      rows: ['4294967297,1,1,1', '1,1,1,1', '4294967297,1,1,1', '0,4294967297,1,1'],
      expected: { rows: 3, repeatedRows: 1 },
    },
    'with keys beyond 2^53': {
      rows: ['9007199254740992,1,1,1', '9007199254740993,1,1,1', '9007199254740993,1,1,1'],
      expected: { rows: 2, repeatedRows: 1 },
    },
    'with keys at the ends of 64 bits': {
      rows: ['9223372036854775807,1,1,1', '-9223372036854775808,1,1,1', '9223372036854775807,1,1,1'],
      expected: { rows: 2, repeatedRows: 1 },
    },
    'with keys that would collide if they were packed': {
      rows: ['2,1,1,1', '1,4294967297,1,1', '-1,1,1,1', '2147483648,0,1,1', '0,0,1,1'],
      expected: { rows: 5, repeatedRows: 0 },
    },
    'where other quotes stand around the repeat': {
      rows: ['1,1,1,1', '"1","1",1,1'],
      expected: { rows: 1, repeatedRows: 1 },
    },
    'where a reject stands in between': {
      rows: ['1,1,1,1', '1,2,x,1', '1,1,1,1'],
      expected: { rows: 1, repeatedRows: 1, rejectedRows: 1 },
    },
    'where a reject had the same key': {
      rows: ['1,1,1,1', '1,2,x,1', '1,2,1,1'],
      expected: { rows: 2, repeatedRows: 0, rejectedRows: 1 },
    },
  };
  for (const [name, { rows, expected }] of Object.entries(cases)) {
    it(name, async () => {
      const lab = await openLab();
      const loaded = await loadRatings(lab, rows);
      expect(loaded).toMatchObject({ rejectedRows: 0, ...expected });
      expect((await lab.rows(ratings)).length).toBe(loaded.rows);
    });
  }

  it('where all columns but one are the key', async () => {
    const lab = await openLab();
    const file = 'movieId,tagId,relevance\n1,1,0.5\n1,1,0.5\n1,2,0.5\n1,2,0.25\n2,1,0\n2,1,-0\n';
    expect(await lab.loadOne(scores, { 'genome-scores.csv': file })).toMatchObject({
      rows: 2,
      repeatedRows: 2,
      rejectedRows: 2,
    });
  });
});
