import { describe, expect, it } from 'vitest';
import { dataTest, expression, integer, projectTests, rowCount, sql, unique } from '../../src/index.js';
import { countOutcomes, judge } from '../../src/testing/judge.js';
import { openLab, statuses, testOf } from '../support/lab.js';
import { aModel } from '../support/nodes.js';
import { dagOf } from '../support/project.js';

describe('a number of failing rows', () => {
  it.each([
    [0, {}, 'passed'],
    [1, {}, 'failed'],
    [1, { severity: 'warn' }, 'warned'],
    [5, { errorAbove: 5 }, 'warned'],
    [6, { errorAbove: 5 }, 'failed'],
    [2, { warnAbove: 2, errorAbove: 5 }, 'passed'],
    [3, { warnAbove: 2, errorAbove: 5 }, 'warned'],
    [900, { severity: 'warn', errorAbove: 5 }, 'warned'],
    [2, { severity: 'warn', warnAbove: 2 }, 'passed'],
  ] as const)('%i under %j is %s', (failures, options, status) => {
    expect(judge(failures, options)).toBe(status);
  });
});

describe('the outcomes of tests', () => {
  it('are counted by what they mean; what was left out on purpose counts as nothing', () => {
    const all = ['passed', 'proved', 'reused', 'skipped', 'warned', 'failed', 'errored'] as const;
    expect(countOutcomes(all)).toEqual({ passed: 3, warned: 1, failed: 2 });
    expect(countOutcomes([])).toEqual({ passed: 0, warned: 0, failed: 0 });
  });
});

describe('tests of one name', () => {
  it('are told apart by numbers; singular tests keep theirs', () => {
    const n = aModel('n', { x: integer() }, sql`select 1 as x`, {
      tests: [
        unique(['x']),
        unique(['x'], { where: sql`x > 1` }),
        rowCount({ min: 1 }, { name: 'unique_n_x_2' }),
        rowCount({ min: 1 }, { name: 'my_test' }),
      ],
    });
    const singular = dataTest({
      name: 'my_test',
      description: '',
      query: sql`select * from ${n} where x < 0`,
    });
    const dag = dagOf(n, singular);
    expect(projectTests(dag.project, dag).map(({ name, owner }) => `${name} of ${owner}`)).toEqual([
      'not_null_n_x of n',
      'unique_n_x of n',
      'unique_n_x_2 of n',
      'unique_n_x_2_2 of n',
      'my_test_2 of n',
      'my_test of my_test',
    ]);
  });
});

describe('a test in a build', () => {
  const five = () => aModel('five', { x: integer() }, sql`select range as x from range(7)`);

  it('shows five of many failing rows, and the SQL that finds them', async () => {
    const lab = await openLab();
    const bad = aModel('bad', { x: integer() }, sql`select range as x from range(7)`, {
      tests: [expression(sql`x < 0`)],
    });
    const result = await lab.build([bad]);
    const test = testOf(result, 'expression_bad');
    expect(test).toMatchObject({ failures: 7, severity: 'error', owner: 'bad', storedIn: undefined });
    expect(test.samples).toHaveLength(5);
    expect(test.sql).toBe('select * from "lab"."bad__candidate" where (x < 0\n) is not true');
  });

  it('keeps its failing rows if asked, though the node is not published', async () => {
    const lab = await openLab();
    const numbers = five();
    const none = dataTest({
      name: 'none_above_four',
      description: '',
      query: sql`select x as too_large from ${numbers} where x > 4`,
    });
    const result = await lab.build([numbers, none], { storeFailures: true });
    expect(testOf(result, 'none_above_four').storedIn).toBe('"_matinee_failures"."none_above_four"');
    expect(await lab.rows('_matinee_failures.none_above_four')).toEqual([{ too_large: 5 }, { too_large: 6 }]);
    expect(await lab.stored()).toEqual([]);
  });

  it('that cannot run is an error, whatever its severity', async () => {
    const lab = await openLab();
    const numbers = five();
    const broken = dataTest({
      name: 'broken',
      description: '',
      severity: 'warn',
      query: sql`select nope from ${numbers}`,
    });
    const result = await lab.build([numbers, broken]);
    expect(testOf(result, 'broken')).toMatchObject({ status: 'errored', failures: 0 });
    expect(testOf(result, 'broken').message).toContain('"nope" not found');
    expect(statuses(result)).toEqual({ five: 'failed' });
  });
});
