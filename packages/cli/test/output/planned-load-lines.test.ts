import { describe, expect, it } from 'vitest';
import { plannedLoadLines } from '../../src/output/planned-load-lines.js';
import type { FileFate, PlannedSource } from '../../src/planning/planned-files.js';
import { plain } from '../support/plain-colors.js';

const file = (path: string, fate: FileFate, bytes = 1000) => ({
  path,
  fate,
  bytes,
  shape: 'plain',
  modifiedAt: '2026-01-01T00:00:00.000Z',
});
const source = (files: PlannedSource['files'], change: Partial<PlannedSource> = {}): PlannedSource => ({
  source: 'raw_a',
  schema: 'raw',
  isLoaded: true,
  reason: '2 files new',
  files,
  ...change,
});

describe('a load that is only planned', () => {
  it('lists the files that are not the same, and sums up what would be loaded', () => {
    const files = [
      file('a/1.csv', 'same'),
      file('a/2.csv', 'new', 2500),
      file('a/long.csv', 'changed'),
      file('a/3.csv', 'again'),
      { ...file('a/4.csv', 'gone'), rows: 4 },
      { ...file('a/5.csv', 'let go'), rows: 1 },
      file('a/6.csv', 'touched'),
    ];
    expect(plannedLoadLines([source(files)], '/data', plain)).toEqual([
      '1 source in /data',
      '',
      'raw.raw_a  2 files new',
      '  new      a/2.csv     plain  2.5 kB',
      '  changed  a/long.csv  plain  1.0 kB',
      '  again    a/3.csv     plain  1.0 kB',
      '  gone     a/4.csv     plain  1.0 kB  4 rows',
      '  let go   a/5.csv     plain  1.0 kB  1 row',
      '  touched  a/6.csv     plain  1.0 kB',
      '  1 file the same',
      '  files that were only touched have the content that was loaded',
      '  4 rows of files that are gone stay; --prune lets them go',
      '',
      '3 files to load, 4.5 kB; 1 file with 1 row to let go. Nothing was written.',
    ]);
  });

  it('says so when there is nothing to load', () => {
    const idle = source([file('a.csv', 'same')], {
      isLoaded: false,
      reason: 'nothing it depends on has changed',
    });
    expect(plannedLoadLines([idle], '/data', plain).at(-1)).toBe(
      'Nothing to load: all files that are there are loaded as they are.',
    );
    const gone = { ...file('b.csv', 'gone'), rows: 2 };
    expect(plannedLoadLines([{ ...idle, files: [gone] }], '/data', plain).slice(-3)).toEqual([
      '  2 rows of files that are gone stay; --prune lets them go',
      '',
      'Nothing to load: all files that are there are loaded as they are, and the rows of 1 file that is gone stay.',
    ]);
  });
});
