import { describe, expect, it } from 'vitest';
import { dataTest, integer, sql, view } from '../../src/index.js';
import { actions, openLab, statuses } from '../support/lab.js';
import { aModel } from '../support/nodes.js';

const n = { n: integer() };

/** base → left, right (compared by one test) → shown, a view over both base and right. */
function project(value = 1, rightPlus = 0) {
  const base = aModel('base', n, sql`select ${value} as n`);
  const left = aModel('left_n', n, sql`select n from ${base}`);
  const right = aModel('right_n', n, sql`select n + ${rightPlus} - ${rightPlus} as n from ${base}`);
  const same = dataTest({
    name: 'left_equals_right',
    description: '',
    query: sql`select * from ${left} except select * from ${right}`,
  });
  const shown = aModel('shown', n, sql`select a.n from ${base} a join ${right} b on true`, {
    materialized: view(),
  });
  return [base, left, right, same, shown];
}

describe('a build of selected nodes', () => {
  it('names node and command when an upstream node was never built, all of them at once', async () => {
    const lab = await openLab();
    await expect(lab.build(project(), { select: ['left_n', 'right_n'] })).rejects.toMatchObject({
      errors: [
        {
          code: 'UPSTREAM_MISSING',
          message: "'left_n' reads 'base', which was never built in this target.",
          hint: "Build it first: matinee build --select '+left_n'.",
        },
        {
          code: 'UPSTREAM_MISSING',
          message: "'right_n' reads 'base', which was never built in this target.",
        },
      ],
    });
  });

  it('stops when an upstream node was built from other code', async () => {
    const lab = await openLab();
    await lab.build(project());
    await expect(lab.build(project(2), { select: ['left_n'] })).rejects.toMatchObject({
      code: 'UPSTREAM_STALE',
      message: "'left_n' reads 'base', which was built from other code or variables.",
      hint: "Build it again: matinee build --select '+left_n'.",
    });
  });

  it('reads what upstream has published', async () => {
    const lab = await openLab();
    await lab.build(project());
    const result = await lab.build(project(1, 5), { select: ['right_n'] });
    expect(actions(result)).toEqual({ right_n: 'create', shown: 'reuse' });
    expect(result.tests.map(({ test }) => test)).toContain('left_equals_right');
    expect(result.status).toBe('ok');
  });

  it('takes published views over what it builds along, and tests them', async () => {
    const lab = await openLab();
    await lab.build(project());
    const result = await lab.build(project(2), { select: ['base', 'right_n'] });
    expect(actions(result)).toEqual({ base: 'create', right_n: 'create', shown: 'view' });
    expect(await lab.rows('lab.shown')).toEqual([{ n: 2 }]);
  });

  it('leaves such a view as it is when its other inputs are to be built first', async () => {
    const lab = await openLab();
    await lab.build(project());
    const result = await lab.build(project(2, 1), { select: ['base'] });
    expect(statuses(result)).toEqual({ base: 'ok' });
    expect((await lab.build(project(2, 1))).status).toBe('ok');
    expect(await lab.rows('lab.shown')).toEqual([{ n: 2 }]);
  });

  it('does not compare new rows with a node downstream that is still to be built from them', async () => {
    const lab = await openLab();
    const counted = (rows: number) => {
      const upper = aModel('upper', n, sql`select range as n from range(${rows})`);
      const lower = aModel('lower', n, sql`select count(*) as n from ${upper}`);
      const adds = dataTest({
        name: 'adds_up',
        description: '',
        query: sql`select 1 as x from ${lower} where n <> (select count(*) from ${upper})`,
      });
      return [upper, lower, adds];
    };
    await lab.build(counted(3));
    const first = await lab.build(counted(4), { select: ['upper'] });
    expect([first.status, first.tests.map(({ test }) => test)]).toEqual(['ok', ['not_null_upper_n']]);
    const second = await lab.build(counted(4), { select: ['lower'] });
    expect([second.status, second.tests.map(({ test }) => test)]).toEqual([
      'ok',
      ['not_null_lower_n', 'adds_up'],
    ]);
  });

  it('does not compare siblings while one of them is behind, and does once both are up to date', async () => {
    const lab = await openLab();
    await lab.build(project(1));
    const testsOf = async (...select: string[]) => {
      const result = await lab.build(project(2), { select });
      expect(result.status).toBe('ok');
      return result.tests.map(({ test }) => test).filter((test) => test === 'left_equals_right');
    };
    expect(await testsOf('base', 'left_n')).toEqual([]);
    expect(await testsOf('right_n')).toEqual(['left_equals_right']);
  });

  it('ignores tests whose relations are not all there', async () => {
    const lab = await openLab();
    const result = await lab.build(project(), { select: ['base', 'left_n'] });
    expect(result.tests.map(({ test }) => test)).toEqual(['not_null_base_n', 'not_null_left_n_n']);
  });
});
