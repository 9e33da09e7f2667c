import fc from 'fast-check';
import { expect, test } from 'vitest';
import { counted } from '../../src/browser/format/counted.js';
import {
  dayFromText,
  dayToText,
  formatAgo,
  formatDay,
  formatMonth,
  formatTime,
  monthOfDay,
} from '../../src/browser/format/dates.js';
import { escapeHtml } from '../../src/browser/format/html.js';
import { formatNumber, type NumberFormat } from '../../src/browser/format/numbers.js';

test.each<[number, NumberFormat, string]>([
  [1234567, 'integer', '1,234,567'],
  [3.5249, 'decimal', '3.52'],
  [1234.5, 'decimal', '1,234.50'],
  [0.125, 'percent', '12.5%'],
  [1_234_567, 'compact', '1.2M'],
  [0.1234, 'seconds', '0.12 s'],
  [125, 'seconds', '2 m 5 s'],
  [512, 'bytes', '512 B'],
  [999_960, 'bytes', '1.0 MB'],
])('%d as %s is %s', (value, format, text) => {
  expect(formatNumber(value, format)).toBe(text);
});

test('what is no number is a dash', () => {
  expect([null, undefined, Number.NaN, Number.POSITIVE_INFINITY].map((value) => formatNumber(value))).toEqual(
    Array(4).fill('–'),
  );
});

test('days are read back as they are written', () => {
  fc.assert(
    fc.property(fc.integer({ min: -100_000, max: 100_000 }), (day) => dayFromText(dayToText(day)) === day),
  );
});

test('what is no day is refused', () => {
  expect(['2015-02-30', '2015-1-1', 'today', '', undefined].map(dayFromText)).toEqual(
    Array(5).fill(undefined),
  );
});

test('days, months and times are written for people', () => {
  expect(formatDay(0)).toBe('1 Jan 1970');
  expect(formatMonth(monthOfDay(dayFromText('2015-03-31') ?? 0))).toBe('Mar 2015');
  expect(formatTime('2026-01-02T03:04:05.678Z')).toBe('2 Jan 2026, 03:04 UTC');
  expect(formatAgo('2026-01-02T00:00:00Z', Date.parse('2026-01-02T02:30:00Z'))).toBe('2 hours ago');
  expect(formatAgo('2026-01-02T00:00:00Z', Date.parse('2026-01-02T00:00:30Z'))).toBe('just now');
});

test('text of the data is no markup in the tooltips of charts', () => {
  expect(escapeHtml('<img src=x onerror="a()"> & co')).toBe(
    '&lt;img src=x onerror=&quot;a()&quot;&gt; &amp; co',
  );
});

test('one is not counted in the plural', () => {
  expect([counted(1, 'node'), counted(0, 'node'), counted(1200, 'category', 'categories')]).toEqual([
    '1 node',
    '0 nodes',
    '1,200 categories',
  ]);
});
