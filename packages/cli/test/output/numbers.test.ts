import { describe, expect, it } from 'vitest';
import {
  formatAge,
  formatBytes,
  formatCount,
  formatRoughBytes,
  formatSeconds,
  formatTime,
  plural,
} from '../../src/output/numbers.js';

describe('numbers for people', () => {
  it('groups thousands', () => {
    expect([0, 999, 1000, 52000000].map(formatCount)).toEqual(['0', '999', '1,000', '52,000,000']);
  });

  it('takes the plural for everything but one', () => {
    expect([plural(0, 'row'), plural(1, 'row'), plural(1200, 'row')]).toEqual([
      '0 rows',
      '1 row',
      '1,200 rows',
    ]);
    expect([plural(1, 'query', 'queries'), plural(2, 'query', 'queries')]).toEqual(['1 query', '2 queries']);
  });

  it('shows ages by their two largest units', () => {
    expect([0, 45.9, 600, 605, 15_000, 86_400, 97_200, 90_000_000, -3_600].map(formatAge)).toEqual([
      '0s',
      '45s',
      '10m',
      '10m',
      '4h 10m',
      '1d',
      '1d 3h',
      '1041d 16h',
      '-1h',
    ]);
  });

  it('shows seconds with the digits that matter', () => {
    expect([0, 0.123, 9.99, 9.996, 59.94, 59.96, 125.4].map(formatSeconds)).toEqual([
      '0.00s',
      '0.12s',
      '9.99s',
      '10.0s',
      '59.9s',
      '1m 00s',
      '2m 05s',
    ]);
  });

  it('shows bytes in thousands', () => {
    expect([0, 999, 1000, 45_300_000, 999_960].map(formatBytes)).toEqual([
      '0 bytes',
      '999 bytes',
      '1.0 kB',
      '45.3 MB',
      '1.0 MB',
    ]);
  });

  it('gives sizes that change as people can follow them', () => {
    expect([0, 999.6, 3_400_000, 9_960_000, 541_600_000].map(formatRoughBytes)).toEqual([
      '0 bytes',
      '1.0 kB',
      '3.4 MB',
      '10 MB',
      '542 MB',
    ]);
  });

  it('shows the time of day in two digits each', () => {
    expect(formatTime(new Date(2026, 0, 2, 3, 4, 5))).toBe('03:04:05');
  });
});
