import type { Microbatch } from '../nodes/materialization.js';
import type { Dialect } from '../sql/dialect.js';
import { quoteIdentifier } from '../sql/identifier.js';
import { formatLiteral } from '../sql/literal.js';

/** A stretch of time, as texts that the engine takes for timestamps: from inclusive, to exclusive. */
export interface TimeWindow {
  readonly from: string;
  /** Undefined: without end. */
  readonly to: string | undefined;
}

/** The condition that a date or timestamp lies in a window. */
export function inWindow(column: string, { from, to }: TimeWindow, dialect: Dialect): string {
  const time = (text: string) => `cast(${formatLiteral(text, dialect)} as timestamp)`;
  return `${column} >= ${time(from)}${to === undefined ? '' : ` and ${column} < ${time(to)}`}`;
}

/** The rows of a select that lie in a window. */
export function selectWindow(select: string, column: string, window: TimeWindow, dialect: Dialect): string {
  return `select * from (\n${select}\n) as batches where ${inWindow(quoteIdentifier(column, dialect), window, dialect)}`;
}

/** A query for `start_of_window`: where the batches begin that are to be computed anew; null for an empty table. */
export function windowStart(
  published: string,
  { time, batch, lookback = 1 }: Microbatch,
  dialect: Dialect,
): string {
  const latest = `date_trunc('${batch}', max(${quoteIdentifier(time, dialect)}))`;
  const start =
    dialect === 'duckdb'
      ? `${latest} - interval '${lookback} ${batch}'`
      : `dateadd(${batch}, -${lookback}, ${latest})`;
  return `select cast(cast(${start} as timestamp) as varchar) as start_of_window from ${published}`;
}
