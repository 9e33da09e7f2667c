import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { copyForEachTest } from '../support/built-workspace.js';
import type { Started } from '../support/run-matinee.js';
import type { TestWorkspace } from '../support/workspace.js';

let shop: TestWorkspace;
copyForEachTest((copy) => {
  shop = copy;
});

const started: Started[] = [];
afterEach(async () => {
  for (const { child, finished } of started.splice(0)) {
    child.kill('SIGKILL');
    await finished;
  }
});

/** Starts a build of a table that takes minutes, and waits until it is at it. */
async function startSlowBuild(...args: string[]): Promise<Started> {
  shop.makeSlow();
  const build = shop.start(['build', ...args]);
  started.push(build);
  await build.until(/fct_countries/);
  await sleep(300);
  return build;
}

describe('an interruption', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('by %s rolls back, says what was published and ends with %i', async (signal, exitCode) => {
    const build = await startSlowBuild();
    build.child.kill(signal);
    const { code, stdout, stderr } = await build.finished;
    expect([code, stderr]).toEqual([exitCode, '']);
    expect(stdout).toContain('interrupted, rolling back…');
    expect(stdout).toMatch(
      /Published before the interruption, and complete: .*src_orders.* \(2 of 6\)\. The rest is as it was\./,
    );
    expect(stdout).toMatch(/\nInterrupted after \d+\.\ds: /);
    expect(await shop.rows('select country_name, amount from sales.fct_countries order by all')).toEqual([
      { country_name: 'France', amount: 20 },
      { country_name: 'Germany', amount: 14.5 },
    ]);
    const leftovers = "select table_name from information_schema.tables where table_name like '%candidate%'";
    expect(await shop.rows(leftovers)).toEqual([]);
  });

  it('ends a survey of a store that throttles, with 130', async () => {
    let asked = () => {};
    const throttled = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const store = createServer((_, response) => {
      asked();
      response.writeHead(503, { 'content-type': 'application/xml' });
      response.end('<Error><Code>SlowDown</Code></Error>');
    });
    await new Promise<void>((resolve) => store.listen(0, '127.0.0.1', resolve));
    const { port } = store.address() as AddressInfo;
    const env = { MATINEE_S3_ENDPOINT: `http://127.0.0.1:${port}`, MATINEE_S3_ANONYMOUS: '1' };
    const load = shop.start(['load', '--source', 's3://bucket/prefix'], { env });
    started.push(load);
    await throttled;
    const since = performance.now();
    load.child.kill('SIGINT');
    const { code, stderr } = await load.finished;
    store.close();
    expect(code).toBe(130);
    expect(stderr).toContain('RUN_INTERRUPTED');
    expect(performance.now() - since).toBeLessThan(5_000);
  });

  it('as JSON ends with the result of the run', async () => {
    const build = await startSlowBuild('--json');
    build.child.kill('SIGINT');
    const { code, stdout } = await build.finished;
    expect(code).toBe(130);
    expect(JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({
      type: 'run_finished',
      result: { status: 'interrupted' },
    });
  });
});

describe('a file that another process holds', () => {
  it('is waited for, saying for whom, until the timeout', async () => {
    const build = await startSlowBuild();
    const { code, stdout, stderr } = await shop.run([
      'build',
      '--select',
      'countries',
      '--lock-timeout',
      '1',
    ]);
    expect(code).toBe(1);
    const holder = `process ${build.child.pid} \\(matinee build, since \\d\\d:\\d\\d:\\d\\d UTC\\)`;
    expect(stdout).toMatch(new RegExp(`WAIT .*waiting for ${holder} to let go of target/shop\\.duckdb\n`));
    expect(stderr).toMatch(
      new RegExp(`^error WAREHOUSE_LOCKED {2}The DuckDB file is held by ${holder}; gave up after 1 s\\.`),
    );
    const shown = await shop.run(['show', 'countries', '--lock-timeout', '1']);
    expect(shown.code).toBe(1);
    expect(shown.stderr).toMatch(new RegExp(`^waiting for ${holder} to let go`));
    const debug = await shop.run(['debug']);
    expect(debug.stdout).toMatch(new RegExp(`✗ {2}lock .*${holder}`));
    const clean = await shop.run(['clean', '--all']);
    expect([clean.code, clean.stderr.split('  ')[0]]).toEqual([1, 'error WAREHOUSE_LOCKED']);
    for (const args of [['ls'], ['lineage', 'countries'], ['compile', 'countries'], ['check']]) {
      expect((await shop.run(args)).code).toBe(0);
    }
  });

  it('is taken over as soon as it is free', async () => {
    const build = await startSlowBuild();
    const waiting = shop.start(['seed', '--json']);
    started.push(waiting);
    await waiting.until('"type":"waiting"');
    build.child.kill('SIGKILL');
    const { code, stdout } = await waiting.finished;
    expect(code).toBe(0);
    expect(JSON.parse(stdout.split('\n')[0] ?? '')).toMatchObject({
      type: 'waiting',
      holder: { pid: build.child.pid, purpose: 'matinee build' },
    });
  });

  it('while waiting, an interruption ends with 130', async () => {
    await startSlowBuild();
    const waiting = shop.start(['seed']);
    started.push(waiting);
    await waiting.until('waiting for process');
    waiting.child.kill('SIGINT');
    expect((await waiting.finished).code).toBe(130);
  });
});

describe('a reader that hangs up', () => {
  it('neither crashes a listing nor stops a build', async () => {
    for (const args of [['ls'], ['build']]) {
      const { child, finished } = shop.start(args);
      child.stdout?.destroy();
      const { code, stderr } = await finished;
      expect([code, stderr]).toEqual([0, '']);
    }
    expect(await shop.rows('select count(*) as n from sales.fct_countries')).toEqual([{ n: 2 }]);
  });
});

describe('the output', () => {
  it('is coloured where FORCE_COLOR asks for it, and not where --no-color refuses', async () => {
    const color = '\u001b[';
    const env = { FORCE_COLOR: '1' };
    expect((await shop.run(['ls'])).stdout).not.toContain(color);
    expect((await shop.run(['ls'], { env })).stdout).toContain(color);
    expect((await shop.run(['ls', '--no-color'], { env })).stdout).not.toContain(color);
  });
});
