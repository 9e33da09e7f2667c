import { describe, expect, it } from 'vitest';
import { dataTest, integer, range, sql, unitTest } from '../../src/index.js';
import { openLab, ranTests } from '../support/lab.js';
import { aModel, aSource, idAndName } from '../support/nodes.js';

function project(max = 9) {
  const raw = aSource('raw_films', idAndName);
  const films = aModel('films', { id: integer().test(range({ max })) }, sql`select id from ${raw}`);
  const late = aModel('late', { id: integer() }, sql`select id from ${films}`);
  const some = dataTest({
    name: 'some_films',
    description: 'There is one.',
    severity: 'warn',
    query: sql`select count(*) as n from ${films} having count(*) = 1`,
  });
  const unit = unitTest({ name: 'late_unit', description: '', model: late, given: [], expected: [] });
  return [raw, films, late, some, unit];
}

const rows = { raw_films: [{ id: 1, name: 'Heat' }] };

describe('the ledger', () => {
  it('holds the run, its nodes, its tests and the files it loaded', async () => {
    const lab = await openLab();
    const result = await lab.build(project(), { rows, variables: {} });
    const { runId } = result;
    const runs =
      'select run_id, command, cast(started_at as varchar) as at, status, variables from _matinee.runs';
    expect(await lab.query(runs)).toEqual([
      { run_id: runId, command: 'build', at: '2026-01-01 00:00:00', status: 'failed', variables: '{}' },
    ]);
    const nodes =
      'select node, kind, action, status, row_count, message from _matinee.node_results order by node';
    expect(await lab.query(nodes)).toEqual([
      { node: 'films', kind: 'model', action: 'create', status: 'ok', row_count: 1, message: null },
      {
        node: 'late',
        kind: 'model',
        action: 'create',
        status: 'failed',
        row_count: null,
        message: 'late: 1 unit test(s) fail: late_unit.',
      },
      { node: 'raw_films', kind: 'source', action: 'load', status: 'ok', row_count: 1, message: null },
    ]);
    const tests =
      'select test, node, kind, severity, status, failures from _matinee.test_results order by all';
    expect(await lab.query(tests)).toEqual([
      {
        test: 'late_unit',
        node: 'late',
        kind: 'unit_test',
        severity: 'error',
        status: 'errored',
        failures: null,
      },
      {
        test: 'not_null_films_id',
        node: 'films',
        kind: 'data_test',
        severity: 'error',
        status: 'passed',
        failures: 0,
      },
      {
        test: 'not_null_raw_films_id',
        node: 'raw_films',
        kind: 'data_test',
        severity: 'error',
        status: 'passed',
        failures: 0,
      },
      {
        test: 'not_null_raw_films_name',
        node: 'raw_films',
        kind: 'data_test',
        severity: 'error',
        status: 'passed',
        failures: 0,
      },
      {
        test: 'range_films_id',
        node: 'films',
        kind: 'data_test',
        severity: 'error',
        status: 'passed',
        failures: 0,
      },
      {
        test: 'some_films',
        node: 'some_films',
        kind: 'data_test',
        severity: 'warn',
        status: 'warned',
        failures: 1,
      },
    ]);
    expect(await lab.query('select load_id, source, file, row_count from _matinee.loaded_files')).toEqual([
      { load_id: runId, source: 'raw_films', file: 'raw_films.csv', row_count: 1 },
    ]);
  });

  it('says of each published node which run published it, and leaves that alone when the node is reused', async () => {
    const lab = await openLab();
    const first = await lab.build(project(), { rows });
    const versions = () =>
      lab.query(
        'select node, run_id, cast(published_at as varchar) as at from _matinee.node_versions order by node',
      );
    const published = [
      { node: 'films', run_id: first.runId, at: '2026-01-01 00:00:00' },
      { node: 'raw_films', run_id: first.runId, at: '2026-01-01 00:00:00' },
    ];
    expect(await versions()).toEqual(published);
    await lab.build(project(), { rows });
    expect(await versions()).toEqual(published);
    await lab.build(project(8), { rows, select: ['+films'], withoutTests: true });
    expect(await versions()).toEqual(published);
  });

  it('notes that new tests have passed on a reused node, so that they do not run again', async () => {
    const lab = await openLab();
    await lab.build(project(), { rows });
    const ranOn = async (max: number) => ranTests(await lab.build(project(max), { rows, select: ['films'] }));
    expect(await ranOn(8)).toContain('range_films_id');
    expect(await ranOn(8)).toEqual([]);
  });

  it('is not needed to go on: without it everything is built anew', async () => {
    const lab = await openLab();
    await lab.build(project(), { rows });
    await lab.session.execute('drop schema _matinee cascade');
    const result = await lab.build(project(), { rows, select: ['raw_films', 'films'] });
    expect(result.nodes.map(({ action }) => action)).toEqual(['load', 'create']);
    expect(await lab.rows('lab.films')).toEqual([{ id: 1 }]);
  });
});
