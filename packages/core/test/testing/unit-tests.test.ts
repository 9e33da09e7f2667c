import { describe, expect, it } from 'vitest';
import {
  date,
  double,
  ephemeral,
  given,
  integer,
  runUnitTests,
  sql,
  text,
  timestamp,
  type UnitTest,
  type UnitTestResult,
  unitTest,
  variable,
} from '../../src/index.js';
import { errorOf, openLab, statuses } from '../support/lab.js';
import { aModel, aSource, idAndName } from '../support/nodes.js';
import { projectOf } from '../support/project.js';

const raw = aSource('raw_films', { ...idAndName, seen: timestamp().nullable() });
const minId = variable({ name: 'min_id', type: 'int', default: 0 });
const inner = aModel(
  'inner_films',
  idAndName,
  sql`select id, trim(name) as name from ${raw} where id >= ${minId}`,
  {
    materialized: ephemeral(),
  },
);
const films = aModel(
  'films',
  { id: integer(), label: text() },
  sql`select id, upper(name) as label from ${inner}`,
);

type Options = Partial<Omit<Parameters<typeof unitTest>[0], 'model'>>;

async function run(options: Options, variables = {}): Promise<UnitTestResult> {
  const test: UnitTest = unitTest({
    name: 'films_unit',
    description: '',
    model: films,
    given: [
      given(raw, [
        { id: 1, name: ' Heat ' },
        { id: 2, name: 'Ran' },
      ]),
    ],
    expected: [],
    ...options,
  });
  const project = projectOf(raw, inner, films, test, minId);
  const [result] = await runUnitTests(project, [test], variables, noScenario);
  return result as UnitTestResult;
}

const noScenario = () => Promise.reject(new Error('This is no scenario.'));

describe('a unit test', () => {
  it('passes when the rows come out, in any order, ephemeral models inlined', async () => {
    const result = await run({
      expected: [
        { id: 2, label: 'RAN' },
        { id: 1, label: 'HEAT' },
      ],
    });
    expect(result).toMatchObject({ status: 'passed', difference: undefined, message: undefined });
    expect(result.sql).toContain('from "given_raw_films"');
  });

  it('compares only columns that are named', async () => {
    expect((await run({ expected: [{ id: 1 }, { id: 2 }] })).status).toBe('passed');
  });

  it('fails with the rows that are missing and unexpected', async () => {
    const result = await run({
      expected: [
        { id: 1, label: 'heat' },
        { id: 2, label: 'RAN' },
      ],
    });
    expect(result.status).toBe('failed');
    expect(result.difference).toEqual({
      missing: [{ id: 1, label: 'heat' }],
      unexpected: [{ id: 1, label: 'HEAT' }],
    });
  });

  it('expects no rows when none are named', async () => {
    expect((await run({ expected: [] })).difference?.unexpected).toHaveLength(2);
    expect((await run({ given: [given(raw, [])], expected: [] })).status).toBe('passed');
  });

  it('puts given rows in the place of an ephemeral model', async () => {
    const result = await run({
      given: [given(inner, [{ id: 7, name: 'Ran' }])],
      expected: [{ id: 7, label: 'RAN' }],
    });
    expect(result.status).toBe('passed');
    expect(result.sql).not.toContain('__ephemeral');
  });

  it('says which relation is not given', async () => {
    expect(await run({ given: [] })).toMatchObject({
      status: 'errored',
      message: "The query reads 'raw_films', for which no rows are given.",
    });
  });

  it('has variables of its own, over those of the run', async () => {
    expect((await run({ expected: [{ id: 2 }] }, { min_id: 2 })).status).toBe('passed');
    expect((await run({ variables: { min_id: 2 }, expected: [{ id: 2 }] }, { min_id: 0 })).status).toBe(
      'passed',
    );
  });

  it('refuses variables that are not there or of another type', async () => {
    expect((await run({ variables: { minid: 2 } })).message).toBe("No variable is called 'minid'.");
    expect((await run({ variables: { min_id: '2' } })).message).toContain('takes a whole number');
  });

  it('keeps values of all types, texts with quotes and nulls', async () => {
    const columns = { i: integer(), d: double(), t: text().nullable(), day: date(), at: timestamp() };
    const source = aSource('raw_all', columns);
    const copy = aModel('copy', columns, sql`select * from ${source}`);
    const row = { i: 9007199254740993n, d: 0.1, t: "o'a\\n", day: '2024-02-29', at: '2024-02-29 12:00:00' };
    const rows = [row, { ...row, t: null }];
    const test = unitTest({
      name: 'copies',
      description: '',
      model: copy,
      given: [given(source, rows)],
      expected: rows,
    });
    const [result] = await runUnitTests(projectOf(source, copy, test), [test], {}, noScenario);
    expect(result).toMatchObject({ status: 'passed' });
  });
});

describe('a failing unit test in a build', () => {
  const fails = unitTest({
    name: 'fails',
    description: '',
    model: films,
    given: [given(raw, [])],
    expected: [{ id: 1 }],
  });
  const rows = { raw_films: [{ id: 1, name: 'Heat', seen: null }] };

  it('fails its model before anything is built of it', async () => {
    const lab = await openLab();
    const result = await lab.build([raw, inner, films, fails, minId], { rows });
    expect(statuses(result)).toEqual({ films: 'failed', inner_films: 'ok', raw_films: 'ok' });
    expect(errorOf(result, 'films')).toMatchObject({
      code: 'UNIT_TEST_FAILED',
      message: 'films: 1 unit test(s) fail: fails.',
    });
    expect(await lab.stored()).toEqual(['raw.raw_films table']);
  });

  it('fails an ephemeral model as well, and holds back what reads it', async () => {
    const lab = await openLab();
    const unit = unitTest({
      name: 'inner_fails',
      description: '',
      model: inner,
      given: [given(raw, [])],
      expected: [{ id: 1 }],
    });
    const result = await lab.build([raw, inner, films, unit, minId], { rows });
    expect(result.status).toBe('failed');
    expect(statuses(result)).toEqual({ films: 'skipped', inner_films: 'failed', raw_films: 'ok' });
  });

  it('runs for a model that is reused only if it is new or was changed, and leaves its rows', async () => {
    const lab = await openLab();
    await lab.build([raw, inner, films, minId], { rows });
    const result = await lab.build([raw, inner, films, fails, minId], { rows });
    expect(result.unitTests.map(({ test, status }) => [test, status])).toEqual([['fails', 'failed']]);
    expect(errorOf(result, 'films').code).toBe('UNIT_TEST_FAILED');
    expect(await lab.rows('lab.films')).toHaveLength(1);
  });

  it('does not run again once it has passed', async () => {
    const lab = await openLab();
    const passes = unitTest({
      name: 'passes',
      description: '',
      model: films,
      given: [given(raw, [])],
      expected: [],
    });
    const ran = async () => (await lab.build([raw, inner, films, passes, minId], { rows })).unitTests.length;
    expect([await ran(), await ran()]).toEqual([1, 0]);
  });
});
