import type { TestOptions } from '../nodes/generic-test.js';

export type TestStatus = 'passed' | 'warned' | 'failed' | 'proved' | 'errored';

/** What a number of failing rows means under a test's options. */
export function judge(
  failures: number,
  { severity = 'error', errorAbove = 0, warnAbove = 0 }: TestOptions,
): TestStatus {
  if (severity === 'error' && failures > errorAbove) return 'failed';
  return failures > warnAbove ? 'warned' : 'passed';
}
