import { existsSync, mkdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TestWorkspace } from '../support/workspace.js';

let shop: TestWorkspace;
let folder: string;
beforeEach(() => {
  shop = new TestWorkspace();
  folder = join(shop.root, 'data');
  mkdirSync(join(folder, 'orders'));
  renameSync(join(folder, 'orders.csv'), join(folder, 'orders/a.csv'));
});
afterEach(() => shop.remove());

describe('matinee load --dry-run', () => {
  it('tells what would be loaded, and writes nothing', async () => {
    const { code, stdout } = await shop.run(['load', '--dry-run']);
    expect(code).toBe(0);
    expect(stdout).toContain('raw.raw_orders  new\n  new  orders/a.csv');
    expect(stdout).toMatch(/1 file to load, \d+ bytes\. Nothing was written\.\n$/);
    expect(existsSync(shop.database)).toBe(false);
  });

  it('has one object a source for programs', async () => {
    const { stdout } = await shop.run(['load', '--dry-run', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      type: 'planned_source',
      source: 'raw_orders',
      isLoaded: true,
      files: [{ path: 'orders/a.csv', fate: 'new' }],
    });
  });
});

describe('a file that was only touched', () => {
  it('is told of by --dry-run, and loads nothing', async () => {
    expect((await shop.run(['build'])).code).toBe(0);
    utimesSync(join(folder, 'orders/a.csv'), 5, 5);
    const planned = await shop.run(['load', '--dry-run']);
    expect(planned.stdout).toContain('  touched  orders/a.csv');
    expect(planned.stdout).toContain('files that were only touched have the content that was loaded');
    expect(planned.stdout).toContain('Nothing to load');
    const { code, stdout } = await shop.run(['build', '--json']);
    expect(code).toBe(0);
    const events = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const nodes = events.at(-1).result.nodes as { action: string }[];
    expect(nodes.length).toBeGreaterThan(1);
    expect(nodes.filter(({ action }) => action !== 'reuse')).toEqual([]);
    expect((await shop.run(['load', '--dry-run'])).stdout).toContain('1 file the same');
  });
});

describe('a file that is gone', () => {
  it('keeps its rows with a warning until --prune', async () => {
    const part = join(folder, 'orders/b.csv');
    writeFileSync(part, 'order_id,country_code,amount\n9,de,1\n');
    expect((await shop.run(['load'])).code).toBe(0);
    rmSync(part);
    const kept = await shop.run(['load']);
    expect(kept.code).toBe(0);
    expect(kept.stdout).toContain('orders/b.csv is gone');
    expect(kept.stdout).toContain('4 rows');
    const planned = await shop.run(['load', '--prune', '--dry-run']);
    expect(planned.stdout).toMatch(/let go {2}orders\/b\.csv {2}plain {2}36 bytes {2}1 row\n/);
    expect(planned.stdout).toContain('0 files to load, 0 bytes; 1 file with 1 row to let go. Nothing');
    expect((await shop.run(['load', '--prune'])).stdout).toMatch(/ 3 rows .* 1 row gone\n/);
    expect((await shop.run(['load'])).stdout).not.toContain('orders/b.csv');
  });

  it('that was the only one of its source takes its rows with it, counted', async () => {
    shop.replace('packages/models-base/src/sources/raw_orders.ts', 'source({', 'source({\n  optional: true,');
    renameSync(join(folder, 'orders/a.csv'), join(folder, 'orders.csv'));
    expect((await shop.run(['load'])).code).toBe(0);
    rmSync(join(folder, 'orders.csv'));
    const events = await shop.events(['load', '--prune']);
    const loaded = events.find(({ type }) => type === 'node_finished');
    expect(loaded?.result).toMatchObject({ status: 'ok', rows: 0, goneRows: 3 });
  });
});
