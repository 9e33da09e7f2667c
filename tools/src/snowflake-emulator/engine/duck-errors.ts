import { SnowflakeError } from '../engine.js';
import { compilationError } from './errors.js';
import { cancelled } from './locks.js';

/** What DuckDB says, as Snowflake would. What has no counterpart is shown as it is, with the statement that DuckDB was given. */
export function fromDuckError(error: unknown, sql: string): Error {
  if (error instanceof SnowflakeError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const own = /@SF (\d{6}) (\w{5}) ([\s\S]*)/.exec(message);
  if (own) return new SnowflakeError(own[1]!, own[2]!, own[3]!);
  if (/^INTERRUPT/i.test(message)) return cancelled();
  const missing = /NOT NULL constraint failed: \w+\.\d+:(.*)/.exec(message);
  if (missing) return new SnowflakeError('100072', '22000', `NULL result in a non-nullable column`);
  const grouped = /column "?(?:\d+:)?([^"]*)"? must appear in the GROUP BY clause/.exec(message);
  if (grouped)
    return compilationError('000979', '42601', `[${grouped[1]}] is not a valid group by expression`);
  if (/more than one row returned by a subquery/i.test(message))
    return new SnowflakeError('090150', '22000', 'Single-row subquery returns more than one row.');
  if (/conflict/i.test(message))
    return new SnowflakeError(
      '000625',
      '57014',
      `The transaction's rows were changed by another one since it began: ${message}`,
    );
  if (/overflow|out of range/i.test(message))
    return new SnowflakeError('100039', '22003', `Numeric value is out of range: ${message}`);
  return new SnowflakeError(
    '099998',
    'XX000',
    `DuckDB, on which the emulator runs, refuses the statement: ${message}\n${sql.slice(0, 2000)}`,
  );
}
