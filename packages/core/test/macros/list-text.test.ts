import { describe, expect, it } from 'vitest';
import { listText, sql } from '../../src/index.js';
import { expectSql, run } from './support.js';

const call = listText({ value: sql`tag`, separator: ', ', orderBy: sql`relevance desc nulls last, tag_id` });

describe('listText', () => {
  it('orders inside the aggregate or within the group', () => {
    expectSql(call, {
      duckdb: `string_agg(tag, ', ' order by relevance desc nulls last, tag_id)`,
      snowflake: `listagg(tag, ', ') within group (order by relevance desc nulls last, tag_id)`,
    });
  });

  it('quotes the separator', () => {
    expectSql(listText({ value: sql`tag`, separator: `'\\`, orderBy: sql`tag` }), {
      duckdb: `string_agg(tag, '''\\' order by tag)`,
      snowflake: `listagg(tag, '''\\\\') within group (order by tag)`,
    });
  });

  it('joins in the given order, tie-breaker included', async () => {
    const setup = [
      `create table t as select * from (values ('b', 0.5, 2), ('a', 0.5, 3), ('c', 0.9, 9), ('z', null, 1)) v(tag, relevance, tag_id)`,
    ];
    expect(await run(sql`select ${call} from t`, setup)).toEqual([['c, b, a, z']]);
  });

  it('sorts texts by their bytes', async () => {
    const setup = [`create table t as select unnest(['é', 'a', 'Z', '(', 'z']) as tag`];
    const query = sql`select ${listText({ value: sql`tag`, separator: '', orderBy: sql`tag` })} from t`;
    expect(await run(query, setup)).toEqual([['(Zazé']]);
  });
});
