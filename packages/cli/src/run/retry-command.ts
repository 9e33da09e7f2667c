import { isBad, type RunResult } from '@matinee/core';

/** The options of a run that its retry needs again, as they were given: the ledger knows the rest. */
export interface RepeatedOptions {
  readonly target?: string;
  readonly source?: string;
  readonly defer?: string;
  readonly maxRejects?: string;
}

const REPEATED = { target: '--target', source: '--source', defer: '--defer', maxRejects: '--max-rejects' };

/** The command that does what a run has left undone; undefined if that is nothing. */
export function retryCommand(result: RunResult, options: RepeatedOptions): string | undefined {
  if (!isUnfinished(result)) return undefined;
  const given = Object.entries(REPEATED).flatMap(([name, option]) => {
    const value = options[name as keyof RepeatedOptions];
    return value === undefined ? [] : [`${option} ${quote(value)}`];
  });
  return ['npx matinee retry', ...given].join(' ');
}

/** Whether a node was not built or a test did not pass; a hook that fails at the start keeps all of them from it. */
function isUnfinished({ status, error, nodes, tests, unitTests }: RunResult): boolean {
  if (status === 'ok') return false;
  const isNothingDone = nodes.length + tests.length + unitTests.length === 0;
  return (
    nodes.some((node) => node.status === 'failed' || node.status === 'skipped') ||
    tests.some((test) => isBad(test.status)) ||
    unitTests.some((test) => test.status !== 'passed') ||
    (isNothingDone && (status === 'interrupted' || error !== undefined))
  );
}

/** As a POSIX shell takes it. */
function quote(text: string): string {
  return /^[\w./:@%-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
