import { describe, expect, it } from 'vitest';
import { incremental, integer, type Model, Namer, sql, text } from '../../src/index.js';
import { contractSelect } from '../../src/materialize/contract-select.js';
import { incrementSelect } from '../../src/materialize/incremental.js';
import { publishTable, publishView } from '../../src/materialize/publish.js';
import { createTable } from '../../src/materialize/table.js';
import { createView } from '../../src/materialize/view.js';
import { expectSql } from '../support/golden.js';
import { aModel, idAndName } from '../support/nodes.js';
import { projectOf } from '../support/project.js';

const films = aModel('films', idAndName, sql`select 1 as id, 'x' as name`, { key: ['id'] });
const node = projectOf(films).placeOf(films);

describe('the contract’s select', () => {
  const columns = { id: integer(), name: text().acceptedValues(['b', "o'a", 'b']) };

  it('casts every column, in the contract’s order', () => {
    expectSql((dialect) => contractSelect('select 1 -- end', columns, dialect), {
      duckdb: `select
  cast("id" as bigint) as "id",
  cast("name" as varchar) as "name"
from (select 1 -- end
)`,
      snowflake: `select
  cast("ID" as number(38, 0)) as "ID",
  cast("NAME" as varchar) as "NAME"
from (select 1 -- end
)`,
    });
  });

  it('stores accepted values as an enum where there are enums', () => {
    expectSql((dialect) => contractSelect('select 1', { name: columns.name }, dialect, true), {
      duckdb: `select\n  cast("name" as enum('b', 'o''a')) as "name"\nfrom (select 1\n)`,
      snowflake: `select\n  cast("NAME" as varchar) as "NAME"\nfrom (select 1\n)`,
    });
  });
});

describe('statements', () => {
  it('of a table', () => {
    expectSql((dialect) => createTable('t', 'select 1', dialect), {
      duckdb: ['create or replace table t as\nselect 1'],
      snowflake: ['create or replace transient table t as\nselect 1'],
    });
  });

  it('of a table that is permanent, kept together by a column, and has grants to take over', () => {
    const options = { permanent: true, clusterBy: ['id'], grantsOf: 'films' };
    expectSql((dialect) => createTable('t', 'select 1 as id', dialect, options), {
      duckdb: ['create or replace table t as\nselect 1 as id'],
      snowflake: [
        'create or replace table t like films copy grants',
        'create or replace table t cluster by ("ID") copy grants as\nselect 1 as id',
      ],
    });
  });

  it('of a view', () => {
    expect(createView('v', 'select 1')).toEqual(['create or replace view v as\nselect 1']);
  });

  it('that publish a table, over nothing, a table or a view', () => {
    const over = (kind: 'table' | 'view' | undefined) => (dialect: 'duckdb' | 'snowflake') =>
      publishTable(node, new Namer(dialect), kind);
    expectSql(over(undefined), {
      duckdb: ['alter table "lab"."films__candidate" rename to "films"'],
      snowflake: ['alter table "LAB"."FILMS__CANDIDATE" rename to "FILMS"'],
    });
    expectSql(over('table'), {
      duckdb: ['drop table "lab"."films"', 'alter table "lab"."films__candidate" rename to "films"'],
      snowflake: ['drop table "LAB"."FILMS"', 'alter table "LAB"."FILMS__CANDIDATE" rename to "FILMS"'],
    });
    expectSql(over('view'), {
      duckdb: ['drop view "lab"."films"', 'alter table "lab"."films__candidate" rename to "films"'],
      snowflake: ['drop view "LAB"."FILMS"', 'alter table "LAB"."FILMS__CANDIDATE" rename to "FILMS"'],
    });
  });

  it('that publish a view, over a view or a table', () => {
    const over = (kind: 'table' | 'view') => (dialect: 'duckdb' | 'snowflake') =>
      publishView(node, 'select 1', new Namer(dialect, 'p_'), kind);
    expectSql(over('view'), {
      duckdb: [
        'drop view if exists "p_lab"."films__candidate"',
        'create or replace view "p_lab"."films" as\nselect 1',
      ],
      snowflake: [
        'drop view if exists "P_LAB"."FILMS__CANDIDATE"',
        'create or replace view "P_LAB"."FILMS" as\nselect 1',
      ],
    });
    expect(over('table')('duckdb')[0]).toBe('drop table "p_lab"."films"');
  });
});

describe('an increment', () => {
  const model = (strategy: 'append' | 'merge' | 'deleteInsert', deleteBy?: string[]): Model =>
    aModel('films', { id: integer(), name: text().nullable() }, sql`select 1`, {
      key: ['id'],
      materialized: incremental({ strategy, ...(deleteBy && { deleteBy }) }),
    }) as unknown as Model;
  const select = (increment: Model) => (dialect: 'duckdb' | 'snowflake') =>
    incrementSelect({ model: increment, published: 'old', select: 'new', dialect });

  it('appended is the published rows and its own', () => {
    expectSql(select(model('append')), {
      duckdb: `with new_rows as (
new
)
select published."id", published."name" from old as published
union all
select "id", "name" from new_rows`,
      snowflake: `with new_rows as (
new
)
select published."ID", published."NAME" from old as published
union all
select "ID", "NAME" from new_rows`,
    });
  });

  it('merged replaces rows of the same key', () => {
    expectSql(select(model('merge')), {
      duckdb: `with new_rows as (
new
)
select published."id", published."name" from old as published
where not exists (
  select 1 from new_rows where new_rows."id" = published."id"
)
union all
select "id", "name" from new_rows`,
      snowflake: `with new_rows as (
new
)
select published."ID", published."NAME" from old as published
where not exists (
  select 1 from new_rows where new_rows."ID" = published."ID"
)
union all
select "ID", "NAME" from new_rows`,
    });
  });

  it('deleted and inserted replaces rows that share its columns, null being one of their values', () => {
    expect(select(model('deleteInsert', ['id', 'name']))('duckdb')).toContain(
      'where new_rows."id" = published."id" and new_rows."name" is not distinct from published."name"',
    );
  });

  it('does not exist where the table is refreshed', () => {
    const refreshed = aModel('films', idAndName, sql`select 1`, { materialized: incremental() });
    expect(() => select(refreshed as unknown as Model)('duckdb')).toThrow(
      "'films' is incremental by refresh",
    );
  });
});
