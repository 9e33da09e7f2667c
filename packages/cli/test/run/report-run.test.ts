import { ErrorList, LoadError, type NodeResult, type RunResult } from '@matinee/core';
import { expect, it } from 'vitest';
import { reportRun } from '../../src/run/report-run.js';
import { plain } from '../support/plain-colors.js';

const failed = (error: NodeResult['error']): RunResult => ({
  runId: '1',
  status: 'failed',
  command: 'build',
  place: '/x',
  startedAt: '2026-01-02T12:30:05Z',
  seconds: 1,
  nodes: [
    { node: 'raw_films', schema: 'raw', status: 'failed', error, load: undefined } as unknown as NodeResult,
  ],
  tests: [],
  unitTests: [],
  freshness: [],
  error: undefined,
});

it('tells each of several errors of a node', async () => {
  const errors = ['films', 'links'].map(
    (name) => new LoadError('LOAD_PUT', `${name}.csv cannot be uploaded.`, { hint: 'Look at the rights.' }),
  );
  const places = { root: '/x', sqlFiles: new Map(), locationOf: () => undefined };
  const lines = await reportRun(failed(new ErrorList(errors)), { colors: plain, places, repeated: {} });
  expect(lines.slice(0, 8)).toEqual([
    '',
    '1 failure',
    '',
    'raw.raw_films  SEVERAL_ERRORS',
    '  error LOAD_PUT  films.csv cannot be uploaded.',
    '    → Look at the rights.',
    '  error LOAD_PUT  links.csv cannot be uploaded.',
    '    → Look at the rights.',
  ]);
});
