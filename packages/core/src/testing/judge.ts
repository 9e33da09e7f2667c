import type { TestOptions } from '../nodes/generic-test.js';

/**
 * - `proved`: not run, for what was built is such that it must hold
 * - `reused`: not run, for it has passed on the same rows before
 * - `skipped`: not run, for it would mean nothing
 * - `errored`: its SQL failed
 */
export type TestStatus = 'passed' | 'warned' | 'failed' | 'proved' | 'reused' | 'skipped' | 'errored';

/** What a number of failing rows means under a test's options. */
export function judge(
  failures: number,
  { severity = 'error', errorAbove = 0, warnAbove = 0 }: TestOptions,
): TestStatus {
  if (severity === 'error' && failures > errorAbove) return 'failed';
  return failures > warnAbove ? 'warned' : 'passed';
}

/** Whether a test holds, or is left out on purpose: there is nothing to tell anybody. */
export function isFine(status: TestStatus): boolean {
  return status === 'passed' || status === 'proved' || status === 'reused' || status === 'skipped';
}

/** Whether a test does not hold, or nobody can tell. */
export function isBad(status: TestStatus): boolean {
  return status === 'failed' || status === 'errored';
}

/** How many tests came out well, and how many not. What was left out on purpose counts as neither. */
export interface TestOutcomes {
  readonly passed: number;
  readonly warned: number;
  readonly failed: number;
}

export function countOutcomes(statuses: readonly TestStatus[]): TestOutcomes {
  const count = (isOne: (status: TestStatus) => boolean) => statuses.filter(isOne).length;
  return {
    passed: count((status) => isFine(status) && status !== 'skipped'),
    warned: count((status) => status === 'warned'),
    failed: count(isBad),
  };
}
