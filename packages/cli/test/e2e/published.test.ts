import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { copyForEachTest } from '../support/built-workspace.js';
import type { TestWorkspace } from '../support/workspace.js';

const COPY = 'target/readers.duckdb';

let shop: TestWorkspace;
copyForEachTest(
  (copy) => {
    shop = copy;
  },
  async (workspace) => {
    workspace.replace(
      'matinee.config.ts',
      'path, engineThreads',
      `path, published: '${COPY}', engineThreads`,
    );
    const { code, stdout } = await workspace.run(['build']);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /\nDone in .*\npublished {2}target\/readers\.duckdb {2}\d+\.\d MB in \d+\.\d\ds\n$/,
    );
  },
);

describe('the copy for readers', () => {
  it('is read while the next build is at work, and replaced after it', async () => {
    shop.makeSlow();
    const build = shop.start(['build']);
    await build.until(/START .*fct_countries/);
    await sleep(300);
    const started = performance.now();
    const shown = await shop.run(['show', 'src_orders', '--json']);
    expect([shown.code, shown.stderr, shown.stdout.split('\n').length]).toEqual([0, '', 4]);
    const summary = await shop.run(['summary']);
    expect(summary.stdout).toContain(`\n  ${COPY} (DuckDB, `);
    const history = await shop.run(['history']);
    expect(history.stdout.split('\n')).toHaveLength(3);
    expect(history.stderr).toBe(`another process is building: this is the published copy, ${COPY}\n`);
    expect(performance.now() - started).toBeLessThan(30_000);
    build.child.kill('SIGINT');
    expect((await build.finished).code).toBe(130);
    expect(await shop.rows('select count(*) as n from base.src_orders')).toEqual([{ n: 3 }]);

    shop.makeFast();
    const again = await shop.events(['build']);
    expect(again.at(-1)).toEqual({
      type: 'copied',
      path: COPY,
      bytes: expect.any(Number),
      seconds: expect.any(Number),
    });
    expect(await shop.rows('select count(*) as n from base.src_orders')).toEqual([{ n: 1 }]);
  });

  it('stays where nothing was built or something failed, and is made where it is missing', async () => {
    expect((await shop.run(['build'])).stdout).not.toContain('\npublished ');
    shop.write('data/orders.csv', 'order_id,country_code,amount\n1,de,10\n1,de,11\n');
    const failed = await shop.run(['build']);
    expect([failed.code, failed.stdout.includes('\npublished ')]).toEqual([1, false]);
    expect((await shop.run(['history'])).stdout).toMatch(/ build +dev +failed /);
    shop.delete(COPY);
    expect((await shop.run(['test'])).stdout).not.toContain('\npublished ');
    expect((await shop.run(['seed'])).stdout).toMatch(/\npublished {2}target\/readers\.duckdb/);
    expect(existsSync(`${shop.root}/${COPY}`)).toBe(true);
  });

  it('that cannot be put in place is told, and the build ends with 1', async () => {
    shop.delete(COPY);
    shop.write(`${COPY}/a-folder`, '');
    const { code, stdout, stderr } = await shop.run(['build', '--full-refresh']);
    expect(code).toBe(1);
    expect(stdout).toMatch(/\nDone in /);
    expect(stderr).toMatch(/^error PUBLISH_COPY {2}No copy of the warehouse could be put in place: /);
  });

  it('is made by the next good run if an earlier one did not come to it, built or not', async () => {
    shop.replace('matinee.config.ts', COPY, 'target/for/readers.duckdb');
    shop.write('target/for', 'a file');
    shop.write('data/orders.csv', 'order_id,country_code,amount\n1,de,10\n');
    const failed = await shop.run(['build']);
    expect([failed.code, failed.stderr.includes('error PUBLISH_COPY ')]).toEqual([1, true]);
    shop.delete('target/for');
    // An older copy stands where the new one was to come.
    mkdirSync(join(shop.root, 'target/for'));
    copyFileSync(join(shop.root, COPY), join(shop.root, 'target/for/readers.duckdb'));
    expect(await shop.rows('select count(*) as n from base.src_orders')).toEqual([{ n: 3 }]);
    const mended = await shop.run(['build']);
    expect(mended.code).toBe(0);
    expect(mended.stdout).toMatch(/: 0 built, .*\npublished {2}target\/for\/readers\.duckdb/);
    expect(await shop.rows('select count(*) as n from base.src_orders')).toEqual([{ n: 1 }]);
    expect((await shop.run(['build'])).stdout).not.toContain('\npublished ');
  });

  it('is compared by the schemas of its target', async () => {
    shop.replace(
      'matinee.config.ts',
      "schemaPrefix: 'live_'",
      "schemaPrefix: 'live_', published: 'target/live.duckdb'",
    );
    expect((await shop.run(['build', '--target', 'prod'])).stdout).toMatch(
      /\npublished {2}target\/live\.duckdb/,
    );
    expect((await shop.run(['build', '--target', 'prod'])).stdout).not.toContain('\npublished ');
    shop.write('target/live.duckdb', 'no DuckDB file');
    expect((await shop.run(['build', '--target', 'prod'])).stdout).toMatch(
      /\npublished {2}target\/live\.duckdb/,
    );
  });

  it('is removed with the warehouse by clean --all', async () => {
    for (const file of [`${COPY}.wal`, `${COPY}.4711.tmp`, `${COPY}.mine`]) shop.write(file, '');
    const { stdout } = await shop.run(['clean', '--all']);
    expect(stdout.match(/^removed target\/\S+/gm)).toEqual([
      'removed target/compiled',
      'removed target/shop.duckdb',
      `removed ${COPY}`,
      `removed ${COPY}.4711.tmp`,
      `removed ${COPY}.wal`,
    ]);
    expect(readdirSync(join(shop.root, 'target'))).toEqual(['readers.duckdb.mine']);
  });

  it('stays where it lies elsewhere', async () => {
    shop.replace('matinee.config.ts', COPY, 'readers.duckdb');
    copyFileSync(join(shop.root, COPY), join(shop.root, 'readers.duckdb'));
    expect((await shop.run(['clean', '--all'])).stdout).toContain('removed target/shop.duckdb');
    expect(existsSync(join(shop.root, 'readers.duckdb'))).toBe(true);
  });

  it('is known to debug', async () => {
    expect((await shop.run(['debug'])).stdout).toMatch(
      /✓ {2}published +target\/readers\.duckdb, \d+\.\d MB\n/,
    );
  });
});

describe('hooks', () => {
  const hooks = (text: string) =>
    shop.replace('matinee.config.ts', "  source: 'data',\n", `  source: 'data',\n  ${text},\n`);

  it('are told the run and its target', async () => {
    hooks('onRunStart: [({ command, target }) => console.error(command, target)]');
    const { code, stderr } = await shop.run(['build', '--full-refresh']);
    expect([code, stderr]).toEqual([0, 'build dev\n']);
  });

  it('that fail are told at the end, with what to do, and the run ends with 1', async () => {
    hooks("onRunStart: [() => { throw new Error('no coffee'); }]");
    const { code, stdout } = await shop.run(['build', '--full-refresh']);
    expect(code).toBe(1);
    expect(stdout).toContain(
      '\nerror HOOK_FAILED  A hook of onRunStart failed: no coffee\n  → The hooks stand in matinee.config.ts.\n',
    );
    expect(stdout).toContain('\nRun again what failed:  npx matinee retry\n');
    shop.replace('matinee.config.ts', "throw new Error('no coffee');", '');
    const events = await shop.events(['retry']);
    expect(events[0]).toMatchObject({ type: 'retry', status: 'failed' });
    expect(events.find(({ type }) => type === 'run_finished')?.result).toMatchObject({
      status: 'ok',
      nodes: { length: 6 },
    });
  });
});
