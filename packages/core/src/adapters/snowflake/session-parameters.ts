import { formatLiteral } from '../../sql/literal.js';

/**
 * What every session begins with, whatever account and user have set: the same statement is to mean the same everywhere.
 * Formats are those of DuckDB's text, as far as Snowflake can write them.
 */
const PARAMETERS: Readonly<Record<string, string | number | boolean>> = {
  TIMEZONE: 'UTC',
  TIMESTAMP_TYPE_MAPPING: 'TIMESTAMP_NTZ',
  DATE_OUTPUT_FORMAT: 'YYYY-MM-DD',
  TIME_OUTPUT_FORMAT: 'HH24:MI:SS.FF9',
  TIMESTAMP_NTZ_OUTPUT_FORMAT: 'YYYY-MM-DD HH24:MI:SS.FF6',
  BINARY_OUTPUT_FORMAT: 'HEX',
  WEEK_START: 0,
  AUTOCOMMIT: true,
  QUOTED_IDENTIFIERS_IGNORE_CASE: false,
  ERROR_ON_NONDETERMINISTIC_MERGE: true,
  ERROR_ON_NONDETERMINISTIC_UPDATE: true,
  // What runs is stopped when its process is gone: nobody pays for it then.
  ABORT_DETACHED_QUERY: true,
  // In seconds. By default a statement waits half a day for another one's lock.
  LOCK_TIMEOUT: 600,
};

export const SET_PARAMETERS = `alter session set ${Object.entries(PARAMETERS)
  .map(([name, value]) => `${name} = ${formatLiteral(value, 'snowflake')}`)
  .join(' ')}`;
