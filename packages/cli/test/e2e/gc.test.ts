import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { addAmounts } from '../support/amounts.js';
import { copyForEachTest } from '../support/built-workspace.js';
import type { TestWorkspace } from '../support/workspace.js';

let shop: TestWorkspace;
copyForEachTest((copy) => {
  shop = copy;
});

const TABLES =
  "select table_schema || '.' || table_name as name from information_schema.tables where table_schema in ('sales', 'snapshots') order by all";

/** Takes the snapshot out of the project, and puts a table of other people beside it. */
async function leaveGarbage(): Promise<void> {
  shop.replace(
    'packages/models-sales/src/warehouse.ts',
    "export * from './snapshots/names_snapshot.js';\n",
    '',
  );
  shop.delete('packages/models-sales/src/snapshots/names_snapshot.ts');
  await shop.execute('create table sales.by_hand as select 1 as a');
}

describe('matinee gc', () => {
  it('finds nothing where nothing is left behind', async () => {
    expect(await shop.run(['gc'])).toEqual({ code: 0, stdout: 'Nothing to clear away.\n', stderr: '' });
  });

  it('lists what no node owns any more, and drops it on request; what others made stays', async () => {
    await leaveGarbage();
    const listed = await shop.run(['gc']);
    expect([listed.code, listed.stdout]).toEqual([
      0,
      `No node owns these any more; matinee gc --drop drops them
  snapshots.names_snapshot  table

Not made by Matinee, and left alone
  sales.by_hand  table
`,
    ]);
    expect(await shop.rows(TABLES)).toHaveLength(3);
    expect((await shop.run(['gc', '--drop'])).stdout).toMatch(
      /^Dropped: no node owns these any more\n {2}snapshots\.names_snapshot {2}table\n/,
    );
    expect(await shop.rows(TABLES)).toEqual([{ name: 'sales.by_hand' }, { name: 'sales.fct_countries' }]);
  });

  it('prints one object a line for programs', async () => {
    await leaveGarbage();
    const events = await shop.events(['gc', '--drop']);
    expect(events).toHaveLength(3);
    expect(events).toEqual(
      expect.arrayContaining([
        { type: 'orphan', schema: 'sales', name: 'by_hand', kind: 'table', isOurs: false, dropped: false },
        {
          type: 'orphan',
          schema: 'snapshots',
          name: 'names_snapshot',
          kind: 'table',
          isOurs: true,
          dropped: true,
        },
      ]),
    );
    expect(events.at(-1)).toEqual({
      type: 'gc_finished',
      candidates: 0,
      changeFeeds: 0,
      killedRuns: 0,
      orphans: 1,
      foreign: 1,
      dropped: 1,
    });
  });

  it('clears away changes of rows that nothing maps any more', async () => {
    addAmounts(shop);
    expect((await shop.run(['build'])).code).toBe(0);
    expect((await shop.run(['gc'])).stdout).toBe('Nothing to clear away.\n');
    shop.replace(
      'packages/models-base/src/warehouse.ts',
      "export * from './intermediate/int_amounts.js';\n",
      '',
    );
    shop.delete('packages/models-base/src/intermediate/int_amounts.ts');
    const events = await shop.events(['gc']);
    expect(events).toMatchObject([
      {
        type: 'change_feed',
        node: 'raw_orders',
        schema: '_matinee_feeds',
        name: expect.stringMatching(/^raw_orders__/),
        kind: 'table',
        steps: 0,
        dropped: true,
      },
      { type: 'orphan', schema: 'base', name: 'int_amounts', dropped: false },
      { type: 'gc_finished', changeFeeds: 1, orphans: 1, dropped: 0 },
    ]);
    expect((await shop.run(['gc'])).stdout).not.toMatch(/changes/);
  });

  it('clears away what a killed run has left', async () => {
    shop.makeSlow();
    const build = shop.start(['build']);
    await build.until(/START .*fct_countries/);
    await sleep(300);
    build.child.kill('SIGKILL');
    await build.finished;
    expect(existsSync(`${shop.database}.holder.json`)).toBe(true);
    const { code, stdout } = await shop.run(['gc']);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      new RegExp(
        `^Removed the note of process ${build.child.pid} \\(matinee build, since \\d\\d:\\d\\d:\\d\\d UTC\\), which is gone\\.\n\n1 run never ended: noted as killed\\.\n`,
      ),
    );
    expect(existsSync(`${shop.database}.holder.json`)).toBe(false);
    expect((await shop.run(['gc'])).stdout).toBe('Nothing to clear away.\n');
  });
});
