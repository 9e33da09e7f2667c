import { openDuckDb } from '@matinee/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestWorkspace } from '../support/workspace.js';

let shop: TestWorkspace;
beforeAll(async () => {
  shop = new TestWorkspace();
  expect((await shop.run(['build'])).code).toBe(0);
  shop.write('data/orders.csv', 'order_id,country_code,amount\n1,de,10\n1,de,11\n');
  expect((await shop.run(['build'])).code).toBe(1);
});
afterAll(() => shop.remove());

const untimed = (text: string) =>
  text.replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g, 'TIME').replaceAll(/\d+\.\d\ds/g, 'Ns');

describe('matinee history', () => {
  it('lists the last runs, newest first', async () => {
    const { code, stdout, stderr } = await shop.run(['history']);
    expect([code, stderr]).toEqual([0, '']);
    expect(
      untimed(stdout)
        .split('\n')
        .map((line) => line.replaceAll(/ +/g, ' ')),
    ).toEqual([
      'STARTED (UTC) COMMAND TARGET STATUS TOOK NODES',
      'TIME build dev failed Ns 0 built, 3 reused, 1 failed, 2 skipped 1 test failed',
      'TIME build dev ok Ns 6 built, 0 reused, 0 failed, 0 skipped',
      '',
    ]);
    expect((await shop.run(['history', '--limit', '1'])).stdout.split('\n')).toHaveLength(3);
  });

  it('lists what they did with a node', async () => {
    const { stdout } = await shop.run(['history', 'src_orders']);
    expect(
      untimed(stdout)
        .split('\n')
        .map((line) => line.replaceAll(/ +/g, ' ')),
    ).toEqual([
      'STARTED (UTC) ACTION STATUS ROWS TOOK WHY',
      'TIME view failed Ns src_orders: 1 test(s) fail: unique_src_orders_order_id.',
      'TIME view ok 3 rows Ns new',
      '',
    ]);
    expect((await shop.run(['history', 'top_countries'])).stdout).toBe(
      "No run on record built 'top_countries'.\n",
    );
    const unknown = await shop.run(['history', 'src_ordrs']);
    expect([unknown.code, unknown.stderr]).toEqual([
      2,
      "error SELECTOR  Nothing is selected by 'src_ordrs'.\n  → Did you mean 'src_orders'?\n",
    ]);
  });

  it('prints one object a line for programs', async () => {
    expect(await shop.events(['history'])).toMatchObject([
      {
        type: 'run',
        command: 'build',
        target: 'dev',
        status: 'failed',
        failed: 1,
        skipped: 2,
        testsFailed: 1,
      },
      { type: 'run', command: 'build', target: 'dev', status: 'ok', built: 6, seconds: expect.any(Number) },
    ]);
    expect(await shop.events(['history', 'raw_orders'])).toMatchObject([
      { type: 'node', node: 'raw_orders', action: 'load', status: 'skipped', rows: null },
      { type: 'node', node: 'raw_orders', action: 'load', status: 'ok', rows: 3 },
    ]);
  });

  it('says so where nothing is on record', async () => {
    const path = `${shop.root}/target/prod.duckdb`;
    await (await openDuckDb({ path })).close();
    const { code, stderr } = await shop.run(['history', '--target', 'prod']);
    expect([code, stderr]).toEqual([
      1,
      'error HISTORY_EMPTY  No run is on record: nothing was built here yet.\n  target/prod.duckdb\n  → Build something first: matinee build.\n',
    ]);
  });
});
