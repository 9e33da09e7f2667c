import type { RunEvent } from '@matinee/core';
import { expect, it } from 'vitest';
import { slowDown } from '../../src/run/slow-down.js';

const load = (source: string, bytesDone: number): RunEvent => ({
  type: 'load_progress',
  progress: { source, file: 'x.csv', bytesDone, bytesTotal: 100 },
});
const survey = (filesDone: number, filesTotal: number | undefined): RunEvent => ({
  type: 'survey_progress',
  progress: { place: '/x', filesDone, filesTotal },
});

it('progress is told once a second for each source, and when it is complete', () => {
  let now = 0;
  const isTold = slowDown(() => now);
  const told: (readonly [number, RunEvent])[] = [
    [0, load('a', 0)],
    [0.2, load('b', 0)],
    [0.9, load('a', 10)],
    [1.1, load('a', 20)],
    [1.1, load('b', 20)],
    [1.3, load('a', 100)],
  ];
  const answers = told.map(([at, event]) => {
    now = at;
    return isTold(event);
  });
  expect(answers).toEqual([true, true, false, true, false, true]);
});

it('a survey is told once a second, and when it is complete', () => {
  const isTold = slowDown(() => 0);
  expect([survey(0, undefined), survey(0, 2), survey(1, 2), survey(2, 2)].map(isTold)).toEqual([
    true,
    false,
    false,
    true,
  ]);
});

it('everything else is always told', () => {
  const isTold = slowDown(() => 0);
  const retry: RunEvent = {
    type: 'store_retry',
    retry: { store: 's', attempt: 2, attempts: 4, reason: 'TimeoutError' },
  };
  expect([retry, retry].map(isTold)).toEqual([true, true]);
});
