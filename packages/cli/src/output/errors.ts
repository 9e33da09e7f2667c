import { ErrorList, formatLocation, MatineeError, messageOf } from '@matinee/core';
import type { Colors } from './colors.js';
import { printable } from './printable.js';
import type { Terminal } from './terminal.js';
import { jsonError, toJson } from './to-json.js';

const BUG =
  'This is a bug in Matinee, not in your project. Please report it with the lines below and the command.';

/** Tells what went wrong: on stderr for people, as events on stdout for programs. */
export function reportError(error: unknown, terminal: Terminal, root: string | undefined): void {
  if (error instanceof ErrorList) {
    for (const single of error.errors) reportError(single, terminal, root);
    if (!terminal.json) terminal.err(terminal.colors.dim(`${error.errors.length} errors were found.`));
    return;
  }
  const known = error instanceof MatineeError;
  if (terminal.json) {
    const details = known
      ? jsonError(error, root)
      : { code: 'BUG', message: messageOf(error), hint: BUG, stack: (error as Error).stack };
    terminal.out(toJson({ type: 'error', ...details }));
  } else {
    for (const line of known ? errorLines(error, terminal.colors, root) : bugLines(error, terminal.colors)) {
      terminal.err(line);
    }
  }
}

/** `error CODE  message`, then the place and what to do next. */
export function errorLines(error: MatineeError, colors: Colors, root: string | undefined): readonly string[] {
  const [first = '', ...more] = error.message.split('\n').map(printable);
  return [
    `${colors.red(colors.bold('error'))} ${colors.dim(error.code)}  ${first}`,
    ...more.map((line) => `  ${line}`),
    ...detailLines(error, colors, root).map((line) => `  ${line}`),
  ];
}

/** Where it happened, and what to do next. */
export function detailLines(
  error: MatineeError,
  colors: Colors,
  root: string | undefined,
): readonly string[] {
  const { location, hint } = error;
  return [
    ...(location?.file ? [colors.cyan(printable(formatLocation(location, root)))] : []),
    ...(hint ? [`→ ${printable(hint)}`] : []),
  ];
}

function bugLines(error: unknown, colors: Colors): readonly string[] {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return [colors.red(colors.bold(BUG)), stack];
}
