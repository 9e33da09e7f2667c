import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { watchSurvey } from '../../src/run/watch-survey.js';
import { recorder } from '../support/recorder.js';

const looking = {
  type: 'survey_progress',
  progress: { place: 's3://shop/ml/', filesDone: 3, filesTotal: 9 },
} as const;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
});
afterEach(() => vi.useRealTimers());

it('a plan says beside its output what it looks at', async () => {
  const terminal = recorder();
  const result = await watchSurvey(terminal, async (onEvent) => {
    onEvent(looking);
    vi.advanceTimersByTime(10_000);
    return 'a plan';
  });
  vi.advanceTimersByTime(60_000);
  expect(result).toBe('a plan');
  expect(terminal.errs).toEqual(['looking at s3://shop/ml/: 3 of 9 files (10.0s)']);
  expect(terminal.outs).toEqual([]);
});

it('a plan says how many objects of a bucket are listed', async () => {
  const terminal = recorder();
  await watchSurvey(terminal, async (onEvent) => {
    for (const objectsListed of [1_000, 2_000]) {
      const progress = { place: 's3://shop/ml/', objectsListed, filesDone: 0, filesTotal: undefined };
      onEvent({ type: 'survey_progress', progress });
      vi.advanceTimersByTime(10_000);
    }
  });
  expect(terminal.errs).toEqual([
    'looking at s3://shop/ml/: 1,000 objects listed (10.0s)',
    'looking at s3://shop/ml/: 2,000 objects listed (20.0s)',
  ]);
});

it('a plan for programs says nothing more than the plan', async () => {
  const terminal = recorder({ json: true });
  await watchSurvey(terminal, async (onEvent) => {
    onEvent(looking);
    vi.advanceTimersByTime(60_000);
  });
  expect([...terminal.outs, ...terminal.errs]).toEqual([]);
});
