import { describe, expect, it } from 'vitest';
import { expression, InterruptedError, integer, sql } from '../../src/index.js';
import { nodeOf, openLab, statuses, watchStatements } from '../support/lab.js';
import { aModel } from '../support/nodes.js';

const n = { n: integer() };

/** A query that takes minutes unless it is stopped. */
const endless = sql`select count(*) as n from range(10000000) a(x), range(1000000) b(y) where (x * y) % 7 = 3`;

const quick = (value: number) => aModel('quick', n, sql`select ${value} as n`);

function slow(value: number, isSlow: boolean) {
  return aModel('slow', n, isSlow ? endless : sql`select ${value} as n`);
}

/** A test that takes minutes, if wanted. */
function slowlyTested(value: number, isSlow: boolean) {
  const never = sql`not exists (${endless} having count(*) < 0)`;
  return aModel('slow', n, sql`select ${value} as n`, { tests: isSlow ? [expression(never)] : [] });
}

describe.each([
  ['a query', slow],
  ['a test', slowlyTested],
])('an interruption while %s runs', (_what, declare) => {
  it('ends soon, publishes nothing half, leaves no candidates and keeps the old rows', async () => {
    const lab = await openLab();
    await lab.build([quick(1), declare(1, false)]);
    const controller = new AbortController();
    const started = performance.now();
    const last = declare(2, true);
    const after = aModel('after', n, sql`select n from ${last}`);
    const result = await lab.build([quick(2), last, after], {
      signal: controller.signal,
      threads: 2,
      onEvent: (event) => {
        if (event.type === 'node_finished' && event.result.node === 'quick')
          setTimeout(() => controller.abort(), 100);
      },
    });
    expect(performance.now() - started).toBeLessThan(20_000);
    expect(result.status).toBe('interrupted');
    expect(statuses(result)).toEqual({ after: 'skipped', quick: 'ok', slow: 'skipped' });
    expect(nodeOf(result, 'slow').reason).toBe('the run was interrupted');
    expect(result.tests.filter(({ status }) => status === 'errored')).toEqual([]);
    expect(await lab.stored()).toEqual(['lab.quick table', 'lab.slow table']);
    expect(await lab.rows('lab.slow')).toEqual([{ n: 1 }]);
    expect(await lab.query('select status from _matinee.runs order by started_at')).toEqual([
      { status: 'ok' },
      { status: 'interrupted' },
    ]);
    expect((await lab.build([quick(2), declare(2, false)])).status).toBe('ok');
    expect(await lab.rows('lab.slow')).toEqual([{ n: 2 }]);
  });
});

describe('an interruption', () => {
  it('before the run has begun builds nothing', async () => {
    const lab = await openLab();
    const run = lab.build([quick(1)], { signal: AbortSignal.abort() });
    await expect(run).rejects.toMatchObject({ code: 'RUN_INTERRUPTED' });
    expect(await lab.stored()).toEqual([]);
  });

  it('between two statements stops before the next one, for no statement is there to be stopped', async () => {
    const lab = await openLab();
    const controller = new AbortController();
    const started = performance.now();
    const result = await lab.build([slow(1, true)], {
      signal: controller.signal,
      onEvent: (event) => event.type === 'node_started' && controller.abort(),
    });
    expect(performance.now() - started).toBeLessThan(20_000);
    expect(result.status).toBe('interrupted');
    expect(await lab.stored()).toEqual([]);
  });

  it('just before a statement begins stops it all the same', async () => {
    const lab = await openLab();
    const controller = new AbortController();
    watchStatements(lab.warehouse, (statement) => {
      if (/^create .*__candidate/.test(statement)) controller.abort();
    });
    const started = performance.now();
    const result = await lab.build([slow(1, true)], { signal: controller.signal });
    expect(performance.now() - started).toBeLessThan(20_000);
    expect([result.status, statuses(result)]).toEqual(['interrupted', { slow: 'skipped' }]);
    expect(await lab.stored()).toEqual([]);
  });

  it('that comes too late to stop a publication lets it finish, and says so', async () => {
    const lab = await openLab();
    const controller = new AbortController();
    watchStatements(lab.warehouse, (statement) => {
      if (statement.includes('insert into "_matinee"."node_versions"')) controller.abort();
    });
    const after = aModel('zz_after', n, sql`select 1 as n`);
    const result = await lab.build([quick(2), after], { signal: controller.signal, threads: 1 });
    expect([result.status, statuses(result)]).toEqual(['interrupted', { quick: 'ok', zz_after: 'skipped' }]);
    expect(await lab.rows('lab.quick')).toEqual([{ n: 2 }]);
    expect(await lab.query('select node from _matinee.node_versions')).toEqual([{ node: 'quick' }]);
  });

  it('at any moment leaves each table as it was or as it should be, and the ledger in step', async () => {
    const lab = await openLab();
    const project = (value: number) => {
      const base = aModel('base', { n: integer() }, sql`select ${value} as n from range(200000)`);
      return [base, aModel('total', n, sql`select sum(n) as n from ${base}`)];
    };
    await lab.build(project(0));
    for (let round = 1; round <= 12; round++) {
      const controller = new AbortController();
      setTimeout(() => controller.abort(), round * 3);
      const result = await lab.build(project(round), { signal: controller.signal }).catch((error) => {
        if (error instanceof InterruptedError) return undefined;
        throw error;
      });
      expect(result?.status).not.toBe('failed');
      expect(await lab.stored()).toEqual(['lab.base table', 'lab.total table']);
      const [base] = await lab.query('select min(n) as n, max(n) as m, count(*) as rows from lab.base');
      expect(base).toEqual({ n: base?.n, m: base?.n, rows: 200_000 });
      if (result && nodeOf(result, 'base').status === 'ok') expect(base?.n).toBe(round);
    }
  });
});
