import { describe, expect, it } from 'vitest';
import {
  boolean,
  type Columns,
  checkProject,
  date,
  double,
  integer,
  type Sql,
  sql,
  text,
  timestamp,
  uuid,
} from '../../src/index.js';
import { aModel, idAndName } from '../support/nodes.js';
import { dagOf } from '../support/project.js';

describe('a contract', () => {
  const differences = async (columns: Columns, query: Sql) => {
    const dag = dagOf(aModel('films', columns, query));
    const { errors } = await checkProject({ dag, selected: new Set(['films']) });
    return errors[0]?.message.replace('films: its query breaks its contract: ', '');
  };

  it.each<[string, Columns, Sql]>([
    [
      'any integer for an int',
      { a: integer(), b: integer(), c: integer() },
      sql`select 1::tinyint as a, sum(1) as b, 2::ubigint as c`,
    ],
    ['decimals without places for an int', { a: integer() }, sql`select 1::decimal(10, 0) as a`],
    ['decimals and floats for a double', { a: double(), b: double() }, sql`select 1.5 as a, 1::float as b`],
    ['an enum for a text', { a: text() }, sql`select 'x'::enum('x') as a`],
    ['columns in any order and case', { a: integer(), b: text() }, sql`select 'x' as "B", 1 as A`],
  ])('takes %s', async (_what, columns, query) => {
    expect(await differences(columns, query)).toBeUndefined();
  });

  it('takes days, times, uuids and booleans as they are', async () => {
    const columns = { d: date(), t: timestamp(), u: uuid(), b: boolean() };
    const query = sql`select date '2020-01-01' as d, timestamp_ms '2020-01-01' as t, md5('x')::uuid as u, true as b`;
    expect(await differences(columns, query)).toBeUndefined();
  });

  it.each<[string, Columns, Sql, string]>([
    ['a missing column', idAndName, sql`select 1 as id`, "column 'name' is declared but not returned."],
    [
      'an extra column',
      { id: integer() },
      sql`select 1 as id, 2 as x`,
      "column 'x' is returned but not declared.",
    ],
    [
      'a text for an int',
      { id: integer() },
      sql`select '1' as id`,
      "column 'id' is declared int but the query returns VARCHAR.",
    ],
    [
      'an int for a text',
      { id: text() },
      sql`select 1 as id`,
      "column 'id' is declared text but the query returns INTEGER.",
    ],
    [
      'a double for an int',
      { id: integer() },
      sql`select 1e0 as id`,
      "column 'id' is declared int but the query returns DOUBLE.",
    ],
    [
      'decimals with places for an int',
      { id: integer() },
      sql`select 1.5 as id`,
      "column 'id' is declared int but the query returns DECIMAL(2,1).",
    ],
    [
      'a zoned timestamp',
      { t: timestamp() },
      sql`select timestamptz '2020-01-01' as t`,
      "column 't' is declared timestamp but the query returns TIMESTAMP WITH TIME ZONE.",
    ],
    [
      'a timestamp for a day',
      { t: date() },
      sql`select timestamp '2020-01-01' as t`,
      "column 't' is declared date but the query returns TIMESTAMP.",
    ],
    [
      'one name twice',
      { a: integer() },
      sql`select 1 as a, 2 as a`,
      'two returned columns have the same name.',
    ],
  ])('refuses %s', async (_what, columns, query, expected) => {
    expect(await differences(columns, query)).toBe(expected);
  });
});
