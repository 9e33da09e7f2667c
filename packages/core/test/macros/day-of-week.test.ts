import { describe, expect, it } from 'vitest';
import { dayOfWeek, sql } from '../../src/index.js';
import { expectSql, run } from './support.js';

const call = dayOfWeek(sql`rated_at`);

describe('dayOfWeek', () => {
  it('asks each engine for the ISO day, which no setting changes', () => {
    expectSql(call, {
      duckdb: '(isodow(rated_at) % 7 + 1)',
      snowflake: '(mod(dayofweekiso(rated_at), 7) + 1)',
    });
  });

  it('counts from Sunday to Saturday, turning at midnight UTC', async () => {
    const times = [
      '2012-01-01 00:00:00',
      '2012-01-02 00:00:00',
      '2012-01-06 12:00:00',
      '2012-01-07 23:59:59',
    ];
    const setup = [
      `set timezone = 'America/Los_Angeles'`,
      `create table t as select unnest([${times.map((time) => `timestamp '${time}'`).join(', ')}]) as rated_at`,
    ];
    expect(await run(sql`select ${call} from t order by rated_at`, setup)).toEqual([[1], [2], [6], [7]]);
  });

  it('takes dates, and keeps null', async () => {
    const rows = await run(
      sql`select ${dayOfWeek(sql`date '1970-01-01'`)}, ${dayOfWeek(sql`cast(null as timestamp)`)}`,
    );
    expect(rows).toEqual([[5, null]]);
  });
});
