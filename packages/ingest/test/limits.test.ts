import type { LoadRequest } from '@matinee/core';
import { describe, expect, it } from 'vitest';
import { parseRejectLimit } from '../src/index.js';
import { errorOf, folderOf, openLab } from './support/lab.js';
import { movies, tags } from './support/sources.js';

/** A file of which this many rows fit, and the others do not. */
function moviesFile(good: number, bad: number): string {
  const rows = [
    ...Array.from({ length: good }, (_, index) => `${index},a,b\n`),
    ...Array.from({ length: bad }, (_, index) => `x${index},a,b\n`),
  ];
  return `movieId,title,genres\n${rows.join('')}`;
}

async function loads(good: number, bad: number, maxRejects: LoadRequest['maxRejects']): Promise<boolean> {
  const lab = await openLab();
  return lab.load(folderOf({ 'movies.csv': moviesFile(good, bad) }), [movies], { maxRejects }).then(
    () => true,
    (error: { code?: string }) => {
      expect(error.code).toBe('LOAD_REJECTS');
      return false;
    },
  );
}

describe('the limit of rejected rows', () => {
  it('by default lets none pass', async () => {
    expect(await loads(3, 0, { rows: 0 })).toBe(true);
    expect(await loads(3, 1, { rows: 0 })).toBe(false);
  });

  it('as a number of rows', async () => {
    expect(await loads(3, 2, { rows: 2 })).toBe(true);
    expect(await loads(3, 3, { rows: 2 })).toBe(false);
  });

  it('as a share of the delivered rows', async () => {
    expect(await loads(98, 2, { share: 0.02 })).toBe(true);
    expect(await loads(97, 3, { share: 0.02 })).toBe(false);
    expect(await loads(0, 3, { share: 1 })).toBe(true);
    expect(await loads(3, 1, { share: 0 })).toBe(false);
  });

  it('a share is not lost to rounding', async () => {
    expect(await loads(71, 29, { share: 0.29 })).toBe(true);
    expect(await loads(93, 7, { share: 0.07 })).toBe(true);
  });

  it('counts the rows of conflicting keys, too', async () => {
    const lab = await openLab();
    const folder = folderOf({ 'movies.csv': 'movieId,title,genres\n1,a,b\n1,c,d\n2,e,f\n' });
    expect((await errorOf(lab.load(folder, [movies], { maxRejects: { rows: 1 } }))).code).toBe(
      'LOAD_REJECTS',
    );
    expect(await lab.load(folder, [movies], { maxRejects: { rows: 2 } })).toMatchObject([
      { rejectedRows: 2 },
    ]);
  });
});

describe('a load with too many rejects', () => {
  it('says how many, shows the first five in place and what to do, and keeps all of them', async () => {
    const lab = await openLab();
    const folder = folderOf({ 'movies.csv': `${moviesFile(12_000, 7)}50000,one,a\n50000,two,b\n` });
    const error = await errorOf(lab.load(folder, [movies]));
    expect(error).toMatchObject({ name: 'LoadError', code: 'LOAD_REJECTS', exitCode: 1 });
    expect(error.location).toMatchObject({ file: `${folder}/movies.csv`, line: 12_002 });
    expect(error.message).toContain('movies');
    expect(error.message).toMatch(/\b9\b/);
    expect(error.message).toMatch(/12,?009/);
    for (let index = 0; index < 5; index++) {
      expect(error.message).toContain(`movies.csv:${12_002 + index}`);
      expect(error.message).toContain(`"x${index}" is not a whole number.`);
    }
    expect(error.message).not.toContain('x5');
    expect(error.hint).toContain('matinee rejects movies');
    expect(error.hint).toContain('--max-rejects');
    expect((await lab.rejects()).map(([line]) => line)).toEqual([
      12_002, 12_003, 12_004, 12_005, 12_006, 12_007, 12_008, 12_009, 12_010,
    ]);
  });

  it('shows the first five by line, of whatever kind they are', async () => {
    const lab = await openLab();
    const rows = '1,a,b\n1,c,d\nx1,a,b\nx2,a,b\nx3,a,b\nx4,a,b\nx5,a,b\n';
    const error = await errorOf(
      lab.load(folderOf({ 'movies.csv': `movieId,title,genres\n${rows}` }), [movies]),
    );
    for (const line of [2, 3, 4, 5, 6]) expect(error.message).toContain(`movies.csv:${line}`);
    expect(error.message).not.toContain('movies.csv:7');
    expect(error.location?.line).toBe(2);
  });

  it('keeps the rejects of every source that was loaded by then', async () => {
    const lab = await openLab();
    const files = { 'movies.csv': moviesFile(1, 2), 'tags.csv': 'userId,movieId,tag,timestamp\nx,1,a,0\n' };
    await errorOf(lab.load(folderOf(files), [tags, movies]));
    expect((await lab.rejects()).length).toBeGreaterThanOrEqual(1);
    expect(await lab.one("select count(*) as n from rejected where source = 'tags'")).toEqual({ n: 1 });
  });
});

describe('a limit as people write it', () => {
  it('a number of rows or a share', () => {
    expect(parseRejectLimit('0')).toEqual({ rows: 0 });
    expect(parseRejectLimit('10')).toEqual({ rows: 10 });
    expect(parseRejectLimit(' 7 ')).toEqual({ rows: 7 });
    expect(parseRejectLimit('1%')).toEqual({ share: 0.01 });
    expect(parseRejectLimit('0.5%')).toEqual({ share: 0.005 });
    expect(parseRejectLimit('0%')).toEqual({ share: 0 });
    expect(parseRejectLimit('100%')).toEqual({ share: 1 });
  });

  for (const wrong of [
    '',
    '%',
    '-1',
    '1.5',
    '101%',
    '-1%',
    'all',
    '1e3',
    '1 %%',
    '99999999999999999999',
    '0x10',
    '١',
  ]) {
    it(`'${wrong}' is refused`, () => {
      expect(() => parseRejectLimit(wrong)).toThrow(
        expect.objectContaining({ name: 'UsageError', exitCode: 2 }),
      );
    });
  }
});
