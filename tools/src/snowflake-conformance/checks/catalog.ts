import { deepEqual, equal } from 'node:assert/strict';
import { checksOf } from '../check.js';

export const catalog = checksOf('catalog', {
  'unquoted names are upper case': async ({ session, name }) => {
    await session.execute(`create table ${name('films')} (id int)`);
    const [row] = await session.query(
      `select count(*) as n from ${name('films').toLowerCase().replaceAll('"', '')}`,
    );
    equal(row?.n, 0);
  },
  'tables and views of a schema are listed with their comments': async ({ session, name, schema }) => {
    await session.execute(`create transient table ${name('films')} as select 1 as id`);
    await session.execute(`comment on table ${name('films')} is 'Films.'`);
    await session.execute(`create view ${name('shown')} as select * from ${name('films')}`);
    const relations = await session.relations([schema]);
    deepEqual(relations.map(({ name, kind, comment }) => [name, kind, comment || undefined]).sort(), [
      ['films', 'table', 'Films.'],
      ['shown', 'view', undefined],
    ]);
  },
  'columns of a schema are listed': async ({ session, name, schema }) => {
    await session.execute(`create table ${name('films')} (id int, title varchar)`);
    deepEqual([...((await session.columns(schema)).get('films') ?? [])].sort(), ['id', 'title']);
  },
  'a schema that is not there has nothing': async ({ session, schema }) => {
    deepEqual(await session.relations([`${schema}_nowhere`]), []);
    equal((await session.columns(`${schema}_nowhere`)).size, 0);
  },
  'a query is described without running': async ({ session }) => {
    const columns = await session.describe(
      "select cast(1 as number(38, 0)) as i, 1.5::double as d, 'x' as t, date '2020-01-01' as day, cast('2020-01-01' as timestamp_ntz(6)) as at, true as b",
    );
    deepEqual(
      columns.map(({ name }) => name),
      ['i', 'd', 't', 'day', 'at', 'b'],
    );
    deepEqual(
      columns.map(({ type }) =>
        type.replace(/\(.*/, '').replace('FLOAT', 'DOUBLE').replace('TEXT', 'VARCHAR'),
      ),
      ['NUMBER', 'DOUBLE', 'VARCHAR', 'DATE', 'TIMESTAMP_NTZ', 'BOOLEAN'],
    );
  },
});
