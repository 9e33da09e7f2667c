import { describe, expect, it } from 'vitest';
import { ephemeral, expression, integer, range, sql, text, view } from '../../src/index.js';
import { actions, errorOf, nodeOf, openLab, statuses, testOf } from '../support/lab.js';
import { aModel, aSource, idAndName } from '../support/nodes.js';

/** raw_films → films (tested) → long_films (view), and beside them raw-fed numbers. */
function films(options: { readonly maxId?: number } = {}) {
  const raw = aSource('raw_films', idAndName);
  const all = aModel(
    'films',
    { id: integer().test(range({ max: options.maxId ?? 100 })), name: text() },
    sql`select id, name from ${raw}`,
    { key: ['id'] },
  );
  const long = aModel('long_films', idAndName, sql`select * from ${all} where length(name) > 4`, {
    materialized: view(),
  });
  const counted = aModel('film_count', { films: integer() }, sql`select count(*) as films from ${all}`);
  const numbers = aModel('numbers', { n: integer() }, sql`select 1 as n`);
  return [raw, all, long, counted, numbers];
}

const heat = { id: 1, name: 'Heat' };
const alien = { id: 2, name: 'Alien' };

describe('a build', () => {
  it('loads, builds, tests and publishes everything in the order of the DAG', async () => {
    const lab = await openLab();
    const result = await lab.build(films(), { rows: { raw_films: [heat, alien] } });
    expect(result.status).toBe('ok');
    expect(actions(result)).toEqual({
      film_count: 'create',
      films: 'create',
      long_films: 'view',
      numbers: 'create',
      raw_films: 'load',
    });
    expect(await lab.stored()).toEqual([
      'lab.film_count table',
      'lab.films table',
      'lab.long_films view',
      'lab.numbers table',
      'raw.raw_films table',
    ]);
    expect(await lab.rows('lab.long_films')).toEqual([alien]);
    expect(await lab.rows('lab.film_count')).toEqual([{ films: 2 }]);
    expect(nodeOf(result, 'films')).toMatchObject({ rows: 2, tests: { passed: 4, warned: 0, failed: 0 } });
  });

  it('leaves what was published as it was when a test fails, skips dependents, and lets the rest go on', async () => {
    const lab = await openLab();
    await lab.build(films(), { rows: { raw_films: [heat] } });
    const result = await lab.build(films({ maxId: 1 }), { rows: { raw_films: [heat, alien] } });
    expect(result.status).toBe('failed');
    expect(statuses(result)).toEqual({
      film_count: 'skipped',
      films: 'failed',
      long_films: 'skipped',
      numbers: 'reused',
      raw_films: 'ok',
    });
    expect(testOf(result, 'range_films_id')).toMatchObject({
      status: 'failed',
      failures: 1,
      samples: [alien],
    });
    expect(errorOf(result, 'films')).toMatchObject({
      code: 'TEST_FAILED',
      message: 'films: 1 test(s) fail: range_films_id.',
    });
    expect(await lab.rows('lab.films')).toEqual([heat]);
    expect(await lab.rows('lab.film_count')).toEqual([{ films: 1 }]);
    expect(await lab.stored()).not.toContain('lab.films__candidate table');
  });

  it('publishes rows that only fail tests of severity warn', async () => {
    const lab = await openLab();
    const column = integer().test(range({ max: 1 }, { severity: 'warn' }));
    const result = await lab.build([aModel('numbers', { n: column }, sql`select unnest([1, 2, 3]) as n`)]);
    expect(result.status).toBe('ok');
    expect(nodeOf(result, 'numbers')).toMatchObject({
      status: 'ok',
      rows: 3,
      tests: { warned: 1, failed: 0 },
    });
    expect(await lab.rows('lab.numbers')).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
  });

  it('starts nothing more after a failure when asked to fail fast', async () => {
    const lab = await openLab();
    const bad = aModel('bad', { n: integer() }, sql`select error('no') as n`);
    const others = ['w', 'x', 'y', 'z'].map((name) => aModel(name, { n: integer() }, sql`select 1 as n`));
    const result = await lab.build([bad, ...others], { failFast: true, threads: 1 });
    expect(statuses(result)).toEqual({
      bad: 'failed',
      w: 'skipped',
      x: 'skipped',
      y: 'skipped',
      z: 'skipped',
    });
    expect(nodeOf(result, 'w').reason).toBe('something failed before, and the run was to stop then');
    expect(await lab.stored()).toEqual([]);
  });

  it('runs the tests of an ephemeral model and holds back what reads it when they fail', async () => {
    const lab = await openLab();
    const inner = aModel('inner_numbers', { n: integer() }, sql`select unnest([1, null]) as n`, {
      materialized: ephemeral(),
    });
    const outer = aModel('outer_numbers', { n: integer().nullable() }, sql`select n from ${inner}`);
    const result = await lab.build([inner, outer]);
    expect(statuses(result)).toEqual({ inner_numbers: 'failed', outer_numbers: 'skipped' });
    expect(testOf(result, 'not_null_inner_numbers_n').samples).toEqual([{ n: null }]);
  });

  it('tells numbered events in order', async () => {
    const lab = await openLab();
    await lab.build(films(), { rows: { raw_films: [heat] }, threads: 1 });
    const told = lab.events.map((event) =>
      'node' in event ? `${event.type} ${event.index}/${event.total} ${event.node}` : event.type,
    );
    expect(told.at(0)).toBe('run_started');
    expect(told.at(-1)).toBe('run_finished');
    expect(told).toContain('node_started 5/5 film_count');
    expect(lab.events[0]).toMatchObject({ nodes: 5, tests: 10, command: 'build', place: ':memory:' });
  });

  it('refuses to build sources without a delivery', async () => {
    const lab = await openLab();
    const { build } = await import('../../src/index.js');
    const { dagOf } = await import('../support/project.js');
    const run = build({ dag: dagOf(...films()), warehouse: lab.warehouse, command: 'build' });
    await expect(run).rejects.toMatchObject({ code: 'SOURCE_MISSING', exitCode: 2 });
  });

  it('publishes without tests when asked to, and then counts what it published as untested', async () => {
    const lab = await openLab();
    const numbers = () => [
      aModel('numbers', { n: integer() }, sql`select 7 as n`, { tests: [expression(sql`n < 5`)] }),
    ];
    expect((await lab.build(numbers(), { withoutTests: true })).status).toBe('ok');
    const result = await lab.build(numbers());
    expect(nodeOf(result, 'numbers')).toMatchObject({
      action: 'reuse',
      status: 'failed',
      tests: { failed: 1 },
    });
    expect(await lab.rows('lab.numbers')).toEqual([{ n: 7 }]);
  });
});
