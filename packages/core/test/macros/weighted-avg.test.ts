import { describe, expect, it } from 'vitest';
import { sql, weightedAvg } from '../../src/index.js';
import { expectSql, run } from './support.js';

const call = weightedAvg(sql`v`, sql`w`);

/** The weighted average of rows written as `(value, weight), …`. */
async function average(rows: string): Promise<unknown> {
  const setup = ['create table t (v double, w bigint)', `insert into t values ${rows}`];
  return (await run(sql`select ${call} from t`, setup))[0]?.[0];
}

describe('weightedAvg', () => {
  it('is the same on every engine', () => {
    const golden = '(sum(cast(v as double) * (w)) / nullif(sum(w), 0))';
    expectSql(call, { duckdb: golden, snowflake: golden });
  });

  it('takes expressions whole', () => {
    const golden = '(sum(cast(a + b as double) * (c + 1)) / nullif(sum(c + 1), 0))';
    expectSql(weightedAvg(sql`a + b`, sql`c + 1`), { duckdb: golden, snowflake: golden });
  });

  it('weighs', async () => {
    expect(await average('(4, 30), (2, 10)')).toBe(3.5);
    expect(await average('(4, 0), (2, 10)')).toBe(2);
  });

  it('is 0, not null, where the numerator is 0', async () => {
    expect(await average('(0, 5), (0, 7)')).toBe(0);
    expect(await average('(1, 5), (-1, 5)')).toBe(0);
  });

  it('is null where the weights sum to 0 or null', async () => {
    expect(await average('(4, 0), (3, 0)')).toBeNull();
    expect(await average('(4, 5), (3, -5)')).toBeNull();
    expect(await average('(4, null)')).toBeNull();
    expect((await run(sql`select ${call} from (select 1 as v, 1 as w) as t where false`))[0]).toEqual([null]);
  });

  it('leaves rows without a weight out', async () => {
    expect(await average('(4, null), (3, 2)')).toBe(3);
  });

  it('divides integers as doubles and does not overflow', async () => {
    const query = sql`select ${call} from (values (1, 1), (2, 1)) as t(v, w)`;
    expect(await run(query)).toEqual([[1.5]]);
    const large = sql`select ${call} from (values (4000000000, 4000000000)) as t(v, w)`;
    expect(await run(large)).toEqual([[4_000_000_000]]);
  });
});
