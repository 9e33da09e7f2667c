import type { DeliveredFile, LoadProgress, SourceTarget } from '@matinee/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LoadMeter } from '../src/load/progress.js';
import { movies } from './support/sources.js';

const fileOf = (path: string, bytes: number): DeliveredFile => ({
  source: movies.name,
  path,
  shape: 'x',
  bytes,
  modifiedAt: '',
  version: '',
  contentVersion: '',
});

function meterOf(files: readonly DeliveredFile[]) {
  const reports: LoadProgress[] = [];
  const targets: readonly SourceTarget[] = [{ source: movies, table: 'movies', files }];
  return { reports, meter: new LoadMeter(targets, (progress) => reports.push(progress)) };
}

describe('the progress of a source', () => {
  it('is the sum of its files, of which each counts by its bytes', () => {
    const [one, other] = [fileOf('a', 100), fileOf('b', 300)] as const;
    const { meter, reports } = meterOf([one, other]);
    meter.reach(one, 0);
    meter.reach(other, 0.5);
    meter.reach(one, 1);
    meter.reach(one, 0.2);
    meter.reach(other, 1);
    expect(reports.map(({ file, bytesDone, bytesTotal }) => [file, bytesDone, bytesTotal])).toEqual([
      ['a', 0, 400],
      ['b', 150, 400],
      ['a', 250, 400],
      ['b', 400, 400],
    ]);
    expect(meter.shareOf(other)).toBe(1);
  });

  it('rises with each report and ends at the whole, in whatever order the files come', () => {
    const steps = fc.array(fc.tuple(fc.nat(3), fc.double({ min: 0, max: 1.5, noNaN: true })));
    fc.assert(
      fc.property(fc.array(fc.nat(1e9), { minLength: 4, maxLength: 4 }), steps, (sizes, reached) => {
        const files = sizes.map((bytes, index) => fileOf(String(index), bytes));
        const { meter, reports } = meterOf(files);
        for (const [index, share] of reached) meter.reach(files[index]!, share);
        for (const file of files) meter.reach(file, 1);
        const done = reports.map(({ bytesDone }) => bytesDone);
        expect(done.every((bytes, index) => index === 0 || bytes > done[index - 1]!)).toBe(true);
        expect(done.at(-1)).toBe(sizes.reduce((total, bytes) => total + bytes, 0));
      }),
    );
  });
});
