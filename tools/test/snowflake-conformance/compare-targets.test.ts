import { DuckDBInstance } from '@duckdb/node-api';
import { expect, it, onTestFinished } from 'vitest';
import { compareTargets } from '../../src/snowflake-conformance/compare-targets.js';
import type { TextRow } from '../../src/snowflake-conformance/outside-connection.js';

/** Compares a table of DuckDB with the rows that Snowflake answers. */
async function comparison(...rows: readonly TextRow[]) {
  const instance = await DuckDBInstance.create(':memory:');
  const duckdb = await instance.connect();
  onTestFinished(() => {
    duckdb.closeSync();
    instance.closeSync();
  });
  await duckdb.run('create schema marts');
  await duckdb.run(
    `create table marts.films as from (values
      (1, 'Heat', 0.1::double, timestamp '2020-01-02 03:04:05'), (2, null, 7.0::double, null)) as t(id, title, score, seen)`,
  );
  await duckdb.run('alter table marts.films add column _load varchar');
  const asked: string[] = [];
  const snowflake = {
    rows: async (sql: string) => {
      asked.push(sql);
      return rows;
    },
    close: async () => undefined,
  };
  const compared = await compareTargets(duckdb, snowflake, 'dev_');
  return { asked, compared };
}

const heat = ['1', 'Heat', '1.0000000000000001e-01', '2020-01-02 03:04:05.000000'];
const other = ['2', null, '7e+00', null];

it('rows in any order are the same, doubles and timestamps however they are written', async () => {
  const { asked, compared } = await comparison(other, heat);
  expect(compared).toEqual([{ relation: 'marts.films', rows: 2, differences: [] }]);
  expect(asked).toEqual([
    `select cast("ID" as varchar), cast("TITLE" as varchar), to_varchar("SCORE", 'TME'), cast("SEEN" as varchar) from "DEV_MARTS"."FILMS"`,
  ]);
});

it.each([
  ['a text', [heat, ['2', '', '7', null]], ['title: (2, , 7, ), not (2, , 7.0, )']],
  ['a double', [heat, ['2', null, '7.00001', null]], ['score: (2, , 7.00001, ), not (2, , 7.0, )']],
  ['a number of rows', [heat], ['1 rows, not 2']],
])('%s that differs is told', async (_, rows, differences) => {
  expect((await comparison(...(rows as TextRow[]))).compared[0]?.differences).toEqual(differences);
});
