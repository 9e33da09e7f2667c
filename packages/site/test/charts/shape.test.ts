import { expect, it } from 'vitest';
import { shapeOf } from '../../src/browser/charts/shape.js';

const bar = (name: string, data: readonly number[]) => ({ type: 'bar', name, data });

it('charts with other numbers have the same shape', () => {
  expect(shapeOf({ xAxis: { type: 'category', data: ['a'] }, series: [bar('x', [1])] })).toBe(
    shapeOf({ xAxis: { type: 'category', data: ['b', 'c'] }, series: [bar('x', [2, 3])] }),
  );
});

it.each([
  ['one series more', { series: [bar('x', []), bar('y', [])] }],
  ['a series of another name', { series: [bar('y', [])] }],
  ['a series of another type', { series: [{ ...bar('x', []), type: 'line' }] }],
  ['a setting more', { series: [{ ...bar('x', []), silent: true }] }],
  ['another part', { series: [bar('x', [])], legend: {} }],
])('%s makes another shape', (_, option) => {
  expect(shapeOf(option)).not.toBe(shapeOf({ series: [bar('x', [])] }));
});
