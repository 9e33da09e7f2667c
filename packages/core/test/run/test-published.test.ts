import { describe, expect, it } from 'vitest';
import { dataTest, ephemeral, integer, range, sql, unitTest } from '../../src/index.js';
import { openLab, testOf } from '../support/lab.js';
import { aModel } from '../support/nodes.js';

function project(max = 9) {
  const numbers = aModel(
    'numbers',
    { n: integer().test(range({ max })) },
    sql`select cast(unnest([1, 2, 3]) as bigint) as n`,
  );
  const inner = aModel('doubled', { n: integer() }, sql`select n * 2 as n from ${numbers}`, {
    materialized: ephemeral(),
  });
  const total = aModel('total', { n: integer() }, sql`select sum(n) as n from ${inner}`);
  const positive = dataTest({
    name: 'total_is_positive',
    description: '',
    query: sql`select * from ${total} where n <= 0`,
  });
  const unit = unitTest({
    name: 'numbers_unit',
    description: '',
    model: numbers,
    given: [],
    expected: [{ n: 1 }, { n: 3 }, { n: 2 }],
  });
  return [numbers, inner, total, positive, unit];
}

describe('testing what is published', () => {
  it('runs all tests and unit tests in the order of the project, and builds nothing', async () => {
    const lab = await openLab();
    await lab.build(project());
    const result = await lab.test(project(), { command: 'test', threads: 4 });
    expect(result).toMatchObject({ status: 'ok', nodes: [] });
    expect(result.tests.map(({ test, status }) => `${test} ${status}`)).toEqual([
      'not_null_numbers_n passed',
      'range_numbers_n passed',
      'not_null_doubled_n passed',
      'not_null_total_n passed',
      'total_is_positive passed',
    ]);
    expect(result.unitTests.map(({ test, status }) => `${test} ${status}`)).toEqual(['numbers_unit passed']);
  });

  it('fails where the rows have become wrong since', async () => {
    const lab = await openLab();
    await lab.build(project());
    await lab.session.execute('update lab.total set n = -1');
    const result = await lab.test(project());
    expect(result.status).toBe('failed');
    expect(testOf(result, 'total_is_positive')).toMatchObject({ failures: 1, samples: [{ n: -1 }] });
    expect(testOf(result, 'total_is_positive').sql).toBe('select * from "lab"."total" where n <= 0');
  });

  it('takes the tests of selected nodes, and singular tests that read one', async () => {
    const lab = await openLab();
    await lab.build(project());
    const names = async (select: string) =>
      (await lab.test(project(), { select: [select] })).tests.map(({ test }) => test);
    expect(await names('total')).toEqual(['not_null_total_n', 'total_is_positive']);
    expect(await names('total_is_positive')).toEqual(['total_is_positive']);
    expect(await names('numbers')).toEqual(['not_null_numbers_n', 'range_numbers_n']);
  });

  it('refuses to test what was never built, also behind an ephemeral model', async () => {
    const lab = await openLab();
    await expect(lab.test(project(), { select: ['doubled'] })).rejects.toMatchObject({
      code: 'UPSTREAM_MISSING',
      message: "A test reads 'numbers', which was never built in this target.",
    });
  });

  it('stops at the first failure when asked to fail fast, and when interrupted', async () => {
    const lab = await openLab();
    await lab.build(project());
    const fast = await lab.test(project(1), { failFast: true, threads: 1 });
    expect(fast.tests.map(({ test, status }) => `${test} ${status}`)).toEqual([
      'not_null_numbers_n passed',
      'range_numbers_n failed',
    ]);
    const controller = new AbortController();
    const stopped = await lab.test(project(), {
      signal: controller.signal,
      threads: 1,
      onEvent: (event) => event.type === 'test_finished' && controller.abort(),
    });
    expect(stopped).toMatchObject({ status: 'interrupted', tests: [{ test: 'not_null_numbers_n' }] });
  });

  it('keeps failing rows if asked, side by side, and drops what has become outdated', async () => {
    const lab = await openLab();
    await lab.build(project());
    const failing = await lab.test(project(1), { storeFailures: true, threads: 4 });
    const { storedIn } = testOf(failing, 'range_numbers_n');
    expect(storedIn).toBe('"_matinee_failures"."range_numbers_n"');
    expect(await lab.rows(String(storedIn))).toEqual([{ n: 2 }, { n: 3 }]);
    await lab.test(project(9), { storeFailures: true });
    const left =
      "select count(*) as tables from information_schema.tables where table_schema = '_matinee_failures'";
    expect(await lab.query(left)).toEqual([{ tables: 0 }]);
  });
});
