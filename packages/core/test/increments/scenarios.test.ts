import { describe, expect, it } from 'vitest';
import {
  given,
  incremental,
  integer,
  mapped,
  sql,
  text,
  type UnitTestOptions,
  unitTest,
} from '../../src/index.js';
import { openLab } from '../support/lab.js';
import { aModel, aSource } from '../support/nodes.js';

const columns = { id: integer(), n: integer() };
const raw = aSource('raw_views', columns, { key: ['id'] });

function project(
  strategy: 'merge' | undefined,
  steps: Pick<UnitTestOptions<typeof columns>, 'expected' | 'later'>,
) {
  const options = strategy ? { strategy } : { inputs: [mapped(raw, { id: 'id' })] };
  const views = aModel('views', columns, sql`select id, n * 2 as n from ${raw}`, {
    key: ['id'],
    materialized: incremental(options),
  });
  const scenario = unitTest({
    name: 'views_follow',
    description: '',
    model: views,
    given: [
      given(raw, [
        { id: 1, n: 1 },
        { id: 2, n: 2 },
      ]),
    ],
    ...steps,
  });
  return [raw, views, scenario];
}

const first = [
  { id: 1, n: 2 },
  { id: 2, n: 4 },
];
const changed = given(raw, [
  { id: 2, n: 7 },
  { id: 3, n: 3 },
]);
const exact = [
  { id: 2, n: 14 },
  { id: 3, n: 6 },
];

async function run(declarations: readonly unknown[], name = 'views_follow') {
  const lab = await openLab();
  const result = await lab.test(declarations, { command: 'test', select: [name] });
  return result.unitTests[0];
}

describe('a scenario', () => {
  it('covers the whole table after each build: an exact one equals its full refresh', async () => {
    const result = await run(
      project(undefined, { expected: first, later: [{ given: [changed], expected: exact }] }),
    );
    expect(result).toMatchObject({ status: 'passed', difference: undefined });
  });

  it('shows what a merge leaves behind', async () => {
    const later = [{ given: [changed], expected: exact }];
    expect(await run(project('merge', { expected: first, later }))).toMatchObject({
      status: 'failed',
      message: 'after build 2 of 2',
      difference: { missing: [], unexpected: [{ id: 1, n: 2 }] },
    });
  });

  it('stops at the first build that comes out otherwise', async () => {
    const later = [{ given: [changed], expected: exact }];
    expect(await run(project(undefined, { expected: exact, later }))).toMatchObject({
      status: 'failed',
      message: 'after build 1 of 2',
    });
  });

  it('takes null for columns that a step leaves out', async () => {
    const wide = aSource('raw_wide', { id: integer(), n: integer(), text: text() }, { key: ['id'] });
    const counts = aModel('counts', { id: integer() }, sql`select id from ${wide}`, {
      key: ['id'],
      materialized: incremental({ inputs: [mapped(wide, { id: 'id' })] }),
    });
    const scenario = unitTest({
      name: 'counts_follow',
      description: '',
      model: counts,
      given: [given(wide, [{ id: 1 }])],
      expected: [{ id: 1 }],
      later: [{ given: [given(wide, [{ id: 1 }, { id: 2 }])], expected: [{ id: 1 }, { id: 2 }] }],
    });
    expect(await run([wide, counts, scenario], 'counts_follow')).toMatchObject({ status: 'passed' });
  });

  it('tells which build failed', async () => {
    const twice = given(raw, [
      { id: 5, n: 1 },
      { id: 5, n: 2 },
    ]);
    const result = await run(
      project('merge', { expected: first, later: [{ given: [twice], expected: [] }] }),
    );
    expect(result).toMatchObject({ status: 'errored' });
    expect(result?.message).toMatch(/^build 2: views: 1 key\(s\) of new rows are there more than once/);
  });

  it('needs rows of every table behind the model', async () => {
    const other = aSource('raw_other', columns);
    const views = aModel(
      'views',
      columns,
      sql`select id, n from ${raw} union all select id, n from ${other}`,
    );
    const scenario = unitTest({
      name: 'views_follow',
      description: '',
      model: views,
      given: [given(raw, [])],
      expected: [],
      later: [{ given: [], expected: [] }],
    });
    expect((await run([raw, other, views, scenario]))?.message).toContain(
      'The scenario gives no rows of raw_other; the tables behind the model are raw_other, raw_views.',
    );
  });
});
