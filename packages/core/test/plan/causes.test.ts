import { describe, expect, it } from 'vitest';
import {
  type Cause,
  type Columns,
  incremental,
  integer,
  type Materialization,
  type Model,
  type Plan,
  planBuild,
  type Sql,
  sql,
  table,
  text,
  variable,
  view,
} from '../../src/index.js';
import { allStages } from '../../src/plan/plan.js';
import { type Lab, openLab } from '../support/lab.js';
import { aModel, aSource, idAndName } from '../support/nodes.js';
import { dagOf } from '../support/project.js';
import { rowsLoader } from '../support/rows-loader.js';

const minId = variable({ name: 'min_id', type: 'int', default: 0 });
const rows = { raw_films: [{ id: 1, name: 'Heat' }] };

interface Change {
  readonly query?: Sql;
  readonly columns?: Columns;
  readonly materialized?: Materialization;
}

function project({ query = sql`true`, columns = idAndName, materialized = table() }: Change = {}) {
  const raw = aSource('raw_films', idAndName);
  const films = aModel('films', columns, sql`select id, name from ${raw} where id >= ${minId} and ${query}`, {
    materialized,
  });
  const shown = aModel('shown', { n: integer() }, sql`select count(*) as n from ${films}`, {
    materialized: view(),
  });
  return [raw, films, shown, minId];
}

async function built(): Promise<Lab> {
  const lab = await openLab();
  await lab.build(project(), { rows });
  return lab;
}

interface Asked {
  readonly select?: readonly string[];
  readonly variables?: { readonly min_id: number };
  readonly fullRefresh?: boolean;
  readonly delivered?: typeof rows;
}

function planOf(
  lab: Lab,
  declarations: readonly unknown[],
  { delivered = rows, ...options }: Asked = {},
): Promise<Plan> {
  const { warehouse } = lab;
  return planBuild({
    dag: dagOf(...declarations),
    warehouse,
    command: 'plan',
    loader: rowsLoader(delivered),
    ...options,
  });
}

async function causesOf(lab: Lab, name: string, declarations: readonly unknown[], asked: Asked = {}) {
  const stage = allStages(await planOf(lab, declarations, asked)).find(({ node }) => node.name === name);
  return {
    action: stage?.action,
    conditional: stage?.conditional,
    causes: stage?.causes,
    reason: stage?.reason,
  };
}

const types = (causes: readonly Cause[] | undefined) => causes?.map(({ type }) => type);

describe('a plan says why', () => {
  it('a node is new', async () => {
    const lab = await openLab();
    expect(await causesOf(lab, 'films', project())).toEqual({
      action: 'create',
      conditional: false,
      causes: [{ type: 'new' }],
      reason: 'new',
    });
    expect(await lab.stored()).toEqual([]);
  });

  it('nothing is to be done', async () => {
    expect(await causesOf(await built(), 'films', project())).toEqual({
      action: 'reuse',
      conditional: false,
      causes: [],
      reason: 'nothing it depends on has changed',
    });
  });

  it('SQL has changed, with both texts', async () => {
    const { causes, reason } = await causesOf(await built(), 'films', project({ query: sql`id < 9` }));
    expect(causes).toEqual([
      {
        type: 'sql',
        before: 'select id, name from "raw"."raw_films" where id >= 0 and true',
        after: 'select id, name from "raw"."raw_films" where id >= 0 and id < 9',
      },
    ]);
    expect(reason).toBe('SQL changed');
  });

  it('the contract has changed', async () => {
    const columns = { id: integer(), name: text().nullable() };
    const { causes } = await causesOf(await built(), 'films', project({ columns }));
    expect(causes).toEqual([
      {
        type: 'contract',
        before: 'id int not null\nname text not null',
        after: 'id int not null\nname text',
      },
    ]);
  });

  it('the configuration has changed', async () => {
    const { causes } = await causesOf(await built(), 'films', project({ materialized: incremental() }));
    expect(causes).toEqual([
      {
        type: 'configuration',
        before: 'materialized: table',
        after: 'materialized: incremental\nstrategy: refresh\nonSchemaChange: fail',
      },
    ]);
  });

  it('a variable has another value, and not the SQL', async () => {
    const { causes, reason } = await causesOf(await built(), 'films', project(), {
      variables: { min_id: 7 },
    });
    expect(causes).toEqual([{ type: 'variables', changes: [{ name: 'min_id', before: 0, after: 7 }] }]);
    expect(reason).toBe('variable min_id changed: 0 → 7');
  });

  it('a variable and the SQL have changed', async () => {
    const { causes } = await causesOf(await built(), 'films', project({ query: sql`id < 9` }), {
      variables: { min_id: 7 },
    });
    expect(types(causes)).toEqual(['variables', 'sql']);
  });

  it('other files are delivered, and that what reads them depends on the rows', async () => {
    const lab = await built();
    const delivered = { raw_films: [{ id: 2, name: 'Alien' }] };
    expect(types((await causesOf(lab, 'raw_films', project(), { delivered })).causes)).toEqual(['files']);
    expect(await causesOf(lab, 'films', project(), { delivered })).toEqual({
      action: 'create',
      conditional: true,
      causes: [{ type: 'input_rows', inputs: ['raw_films'] }],
      reason: 'if rows change in raw_films',
    });
  });

  it('an input was built since with other rows', async () => {
    const lab = await openLab();
    const withTotal = (query?: Sql) => {
      const [raw, films, ...more] = project(query ? { query } : {});
      const total = aModel('total', { n: integer() }, sql`select count(*) as n from ${films as Model}`);
      return [raw, films, total, ...more];
    };
    await lab.build(withTotal(), { rows });
    await lab.build(withTotal(sql`id > 5`), { rows, select: ['films'] });
    expect(await causesOf(lab, 'total', withTotal(sql`id > 5`))).toEqual({
      action: 'create',
      conditional: false,
      causes: [{ type: 'input', inputs: ['films'] }],
      reason: 'input changed: films',
    });
  });

  it('a full refresh is asked', async () => {
    const { action, reason } = await causesOf(await built(), 'films', project(), { fullRefresh: true });
    expect([action, reason]).toEqual(['create', 'full refresh asked']);
  });

  it('what is not selected has work to do next time', async () => {
    const total = (films: unknown) =>
      aModel('total', { n: integer() }, sql`select count(*) as n from ${films as ReturnType<typeof aModel>}`);
    const lab = await openLab();
    const before = project();
    await lab.build([...before, total(before[1])], { rows });
    const after = project({ query: sql`id < 9` });
    const plan = await planOf(lab, [...after, total(after[1])], { select: ['films'] });
    expect(plan.downstream).toEqual(['total']);
  });
});
