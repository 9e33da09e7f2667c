import { describe, expect, it } from 'vitest';
import {
  checkVariables,
  type Dialect,
  ephemeral,
  integer,
  type Model,
  renderQuery,
  type Sql,
  sql,
  tidySql,
  variable,
} from '../../src/index.js';
import { expectSql } from '../support/golden.js';
import { openMemory, openSession } from '../support/lab.js';
import { aModel } from '../support/nodes.js';
import { projectOf } from '../support/project.js';

const n = { n: integer() };
const inlined = { materialized: ephemeral() };
const limit = variable({ name: 'up_to', type: 'int', default: 3 });
const base = aModel('base', n, sql`select 1 as n`);
const one = aModel('one', n, sql`select n from ${base} where n < ${limit} -- end`, inlined);
const two = aModel('two', n, sql`with x as (select n from ${one}) select n + 1 as n from x`, inlined);
const project = projectOf(base, one, two, limit);

const render = (query: Sql, dialect: Dialect = 'duckdb', models: readonly Model[] = []) =>
  renderQuery(models.length > 0 ? projectOf(...models) : project, query, {
    dialect,
    relationName: (node) => node.name,
  });

describe('a rendered query', () => {
  it('notes what it refers to itself, and all variables that it reads', () => {
    expect(render(sql`select * from ${two}, ${base}`)).toMatchObject({
      reads: ['two', 'base'],
      variables: ['up_to'],
    });
  });

  it('has ephemeral models as CTEs in front of it, each once, inner ones first', () => {
    const query = sql`select * from ${two} a join ${two} b on a.n = b.n join ${one} c on c.n = b.n`;
    expectSql((dialect) => render(query, dialect).text, {
      duckdb: `with "__ephemeral_one" as (select n from base where n < 3 -- end
), "__ephemeral_two" as (with x as (select n from "__ephemeral_one") select n + 1 as n from x
)
select * from (select * from "__ephemeral_two" a join "__ephemeral_two" b on a.n = b.n join "__ephemeral_one" c on c.n = b.n
)`,
      snowflake: `with "__EPHEMERAL_ONE" as (select n from base where n < 3 -- end
), "__EPHEMERAL_TWO" as (with x as (select n from "__EPHEMERAL_ONE") select n + 1 as n from x
)
select * from (select * from "__EPHEMERAL_TWO" a join "__EPHEMERAL_TWO" b on a.n = b.n join "__EPHEMERAL_ONE" c on c.n = b.n
)`,
    });
  });

  it('runs, also when it begins with a CTE of its own', async () => {
    const session = await openSession(await openMemory());
    await session.execute('create table base as select unnest([1, 2, 3]) as n');
    const query = sql`with mine as (select n from ${two}) select * from mine union all select n from ${one} order by n`;
    expect(await session.query(render(query).text)).toEqual([{ n: 1 }, { n: 2 }, { n: 2 }, { n: 3 }]);
  });

  it('reads given relations in the place of ephemeral models', () => {
    const options = { dialect: 'duckdb', relationName: () => 'given', replaced: new Set(['two']) } as const;
    expect(renderQuery(project, sql`select * from ${two}`, options).text).toBe('select * from given');
  });
});

describe('variables from outside', () => {
  it('must exist and fit their type', () => {
    expect(checkVariables(project, { up_to: 7 })).toEqual({ up_to: 7 });
    expect(() => checkVariables(project, { upto: 7 })).toThrow("No variable is called 'upto'.");
    expect(() => checkVariables(project, { up_to: '7' })).toThrow(
      `Variable 'up_to' takes a whole number, not "7".`,
    );
  });
});

describe('tidy SQL', () => {
  it('loses its common indentation and what stands around it', () => {
    expect(tidySql('\n\n    select 1,\n      2   \n    from x\n  ')).toBe('select 1,\n  2\nfrom x');
  });

  it('keeps a first line that begins at once', () => {
    expect(tidySql('select 1\n      from x\n        where y')).toBe('select 1\nfrom x\n  where y');
  });
});
