import type { RunResult } from '@matinee/core';

/** The options of a run that its repetition needs too, as they were given. */
export interface RepeatedOptions {
  readonly target?: string;
  readonly source?: string;
  readonly vars?: string;
}

/** The command that runs again what failed and what depends on it; undefined if nothing did. */
export function rerunCommand(
  { command, nodes, tests, unitTests }: RunResult,
  options: RepeatedOptions,
): string | undefined {
  const failedNodes = nodes.filter(({ status }) => status === 'failed').map(({ node }) => `${node}+`);
  const failedTests = [
    ...tests.filter(({ status }) => status === 'failed' || status === 'errored').map(({ owner }) => owner),
    ...unitTests.filter(({ status }) => status !== 'passed').map(({ test }) => test),
  ];
  const names = [...new Set(failedNodes.length > 0 ? failedNodes : failedTests)];
  if (names.length === 0) return undefined;
  const given = (['target', 'source', 'vars'] as const).flatMap((name) =>
    options[name] === undefined ? [] : [`--${name} ${quote(options[name])}`],
  );
  return ['npx matinee', command, ...given, `--select ${quote(names.join(' '))}`].join(' ');
}

/** As a POSIX shell takes it. */
function quote(text: string): string {
  return /^[\w./:@-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
