import { describe, expect, it } from 'vitest';
import { History, integer, Namer, range, sql } from '../../src/index.js';
import { openLab } from '../support/lab.js';
import { aModel } from '../support/nodes.js';

const names = new Namer('duckdb');

/** first_n → second_n, and beside them alone_n. */
function project(value = 1, max = 5) {
  const first = aModel('first_n', { n: integer().test(range({ max })) }, sql`select ${value} as n`);
  const second = aModel('second_n', { n: integer() }, sql`select n from ${first}`);
  return [first, second, aModel('alone_n', { n: integer() }, sql`select ${value} + 1 as n`)];
}

describe('the history', () => {
  it('is not there before anything was built', async () => {
    const lab = await openLab();
    expect(await new History(lab.session, names).exists()).toBe(false);
  });

  it('lists runs, newest first, with what they did', async () => {
    const lab = await openLab();
    await lab.build(project());
    await lab.build(project(9));
    const history = new History(lab.session, names);
    expect(await history.exists()).toBe(true);
    expect((await history.runs(10)).map(({ runId, seconds, ...run }) => run)).toEqual([
      {
        command: 'build',
        target: 'dev',
        startedAt: '2026-01-01 01:00:00',
        status: 'failed',
        built: 1,
        reused: 0,
        failed: 1,
        skipped: 1,
        testsFailed: 1,
      },
      {
        command: 'build',
        target: 'dev',
        startedAt: '2026-01-01 00:00:00',
        status: 'ok',
        built: 3,
        reused: 0,
        failed: 0,
        skipped: 0,
        testsFailed: 0,
      },
    ]);
    expect(await history.runs(1)).toHaveLength(1);
  });

  it('tells what was done about a node, and whether its rows have changed', async () => {
    const lab = await openLab();
    await lab.build(project());
    await lab.build(project(2));
    const past = await new History(lab.session, names).node('second_n', 10);
    expect(
      past.map(({ action, status, reason, rowsChanged, rows }) => [
        action,
        status,
        reason,
        rowsChanged,
        rows,
      ]),
    ).toEqual([
      ['create', 'ok', 'input changed: first_n', true, 1],
      ['create', 'ok', 'new', null, 1],
    ]);
  });

  it('knows what the last run has left to do, with its variables and options', async () => {
    const lab = await openLab();
    await lab.build(project());
    await lab.build(project(9), { fullRefresh: true, variables: {} });
    expect(await new History(lab.session, names).lastRun()).toMatchObject({
      command: 'build',
      status: 'failed',
      variables: {},
      options: { fullRefresh: true },
      unfinished: ['first_n', 'second_n'],
    });
  });

  it('knows which nodes of a test run have failed', async () => {
    const lab = await openLab();
    await lab.build(project());
    await lab.test(project(1, 0), { command: 'test' });
    expect(await new History(lab.session, names).lastRun()).toMatchObject({
      command: 'test',
      unfinished: ['first_n'],
    });
  });

  it('knows what a killed run has published, and the next run notes that it was killed', async () => {
    const lab = await openLab();
    await lab.build(project());
    const [{ runId } = { runId: '' }] = await new History(lab.session, names).runs(1);
    await lab.session.execute("update _matinee.runs set status = 'running', seconds = null");
    await lab.session.execute("delete from _matinee.node_results where node <> 'alone_n'");
    expect(await new History(lab.session, names).lastRun()).toMatchObject({
      runId,
      status: 'running',
      unfinished: ['first_n', 'second_n'],
    });
    await lab.build(project());
    expect((await new History(lab.session, names).runs(5)).map(({ status }) => status)).toEqual([
      'ok',
      'killed',
    ]);
  });
});
