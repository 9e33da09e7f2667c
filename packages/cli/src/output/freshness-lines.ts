import type { FreshnessStatus, SourceFreshness } from '@matinee/core';
import type { Colors } from './colors.js';
import { alignColumns } from './columns.js';
import { formatAge } from './numbers.js';

/** A source a line under a head: when its newest delivery is from, how old that may be, and what to make of it. */
export function freshnessLines(sources: readonly SourceFreshness[], colors: Colors): readonly string[] {
  const head = ['SOURCE', 'NEWEST (UTC)', 'AGE', 'WARN AFTER', 'ERROR AFTER', 'BY', 'STATUS'];
  const bound = (seconds: number | null) => (seconds === null ? '' : formatAge(seconds));
  return alignColumns(
    [
      head.map((title) => colors.dim(title)),
      ...sources.map(({ source, newest, age, warnAfter, errorAfter, column, status }) => [
        source,
        newest === null ? '' : newest.slice(0, 19).replace('T', ' '),
        bound(age),
        bound(warnAfter),
        bound(errorAfter),
        colors.dim(column ?? 'files'),
        colored(status, colors),
      ]),
    ],
    Number.POSITIVE_INFINITY,
  );
}

/** `5d 4h old, an error after 3d` */
export function staleText({ age, status, warnAfter, errorAfter }: SourceFreshness): string {
  if (age === null) return TEXTS.never_loaded;
  const [what, after] = status === 'error' ? ['an error', errorAfter] : ['a warning', warnAfter];
  return `${formatAge(age)} old, ${what} after ${formatAge(after ?? 0)}`;
}

const TEXTS: Readonly<Record<FreshnessStatus, string>> = {
  pass: 'pass',
  warn: 'warn',
  error: 'error',
  never_loaded: 'never loaded',
};

function colored(status: FreshnessStatus, { green, yellow, red }: Colors): string {
  const color = status === 'pass' ? green : status === 'warn' ? yellow : red;
  return color(TEXTS[status]);
}
