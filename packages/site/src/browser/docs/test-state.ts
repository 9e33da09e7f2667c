import type { TestDocs } from '../../contract/docs.js';

/** What a test's last result comes to. */
export type TestState = 'good' | 'warned' | 'failed' | 'unknown';

export function stateOf({ status }: Pick<TestDocs, 'status'>): TestState {
  if (status === null || status === 'skipped') return 'unknown';
  if (status === 'failed' || status === 'errored') return 'failed';
  return status === 'warned' ? 'warned' : 'good';
}

/** The worst of several; '' where there are none. */
export function testState(tests: readonly Pick<TestDocs, 'status'>[]): TestState | '' {
  const states = new Set(tests.map(stateOf));
  return (['failed', 'warned', 'unknown', 'good'] as const).find((state) => states.has(state)) ?? '';
}
