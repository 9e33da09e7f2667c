import { describe, expect, it } from 'vitest';
import { sql, topNQualify, variable } from '../../src/index.js';
import { expectSql, run } from './support.js';

const byScore = { partitionBy: sql`team`, orderBy: sql`score desc nulls last, player` };
const setup = [
  `create table t as select * from (values ('a', 3, 7), ('a', 2, 7), ('a', 1, 7), ('a', 4, 9), ('a', 5, null), ('b', 6, 1)) v(team, player, score)`,
];

describe('topNQualify', () => {
  it('is the same on every engine', () => {
    const golden =
      'qualify row_number() over (partition by team order by score desc nulls last, player) <= 2';
    expectSql(topNQualify({ ...byScore, n: 2 }), { duckdb: golden, snowflake: golden });
  });

  it('breaks ties as told and keeps small partitions whole', async () => {
    const query = sql`select team, player from t ${topNQualify({ ...byScore, n: 2 })} order by team, player`;
    expect(await run(query, setup)).toEqual([
      ['a', 1],
      ['a', 4],
      ['b', 6],
    ]);
  });

  it('takes n from a variable', async () => {
    const n = variable({ name: 'top_n', type: 'int', default: 1 });
    const query = sql`select player from t ${topNQualify({ ...byScore, n })} order by player`;
    expect(await run(query, setup)).toEqual([[4], [6]]);
  });
});
