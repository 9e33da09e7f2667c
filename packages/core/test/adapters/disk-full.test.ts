import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { integer, openDuckDb, sql } from '../../src/index.js';
import { temporaryFolder } from '../support/files.js';
import { closing, errorOf, Lab, openMemory, openSession, statuses } from '../support/lab.js';
import { aModel } from '../support/nodes.js';
import { smallDisk } from '../support/small-disk.js';

const project = (rows: number) => [
  aModel('small', { n: integer() }, sql`select ${rows} as n`),
  aModel('big', { n: integer() }, sql`select cast(hash(range) >> 1 as bigint) as n from range(${rows})`),
];

describe('a full disk', () => {
  it('fails the node, leaves published tables as they were, and is over once there is space again', async (context) => {
    const folder = smallDisk('24m');
    if (!folder) {
      console.warn('NOT TESTED: a full disk. Mounting a small file system takes root.');
      return context.skip();
    }
    const path = join(folder, 'full.duckdb');
    const open = async () => closing(await openDuckDb({ path, temporaryFolder: join(folder, 'spill') }));
    const warehouse = await open();
    const lab = new Lab(warehouse, await openSession(warehouse));
    expect((await lab.build(project(10))).status).toBe('ok');
    const ballast = join(folder, 'ballast');
    writeFileSync(ballast, Buffer.alloc(14 * 2 ** 20));
    const result = await lab.build(project(4_000_000));
    expect(result.status).toBe('failed');
    expect(errorOf(result, 'big')).toMatchObject({
      code: 'WAREHOUSE_DISK_FULL',
      hint: 'Free disk space, then build again: published tables are as they were.',
    });
    expect(await lab.query('select count(*) as n from lab.big')).toEqual([{ n: 10 }]);
    rmSync(ballast);
    await lab.session.close();
    await warehouse.close();
    const again = await open();
    const later = new Lab(again, await openSession(again));
    expect(await later.query('select count(*) as n from lab.big')).toEqual([{ n: 10 }]);
    expect(statuses(await later.build(project(1000)))).toEqual({ big: 'ok', small: 'ok' });
    expect(await later.stored()).toEqual(['lab.big table', 'lab.small table']);
  });

  it('is told when there is no space left to spill to', async () => {
    const session = await openSession(await openMemory());
    for (const setting of [
      `memory_limit = '20MB'`,
      `temp_directory = '${temporaryFolder()}'`,
      `max_temp_directory_size = '1MB'`,
    ])
      await session.execute(`set ${setting}`);
    const sort = session.query(
      'select count(*) from (select range from range(5000000) order by hash(range))',
    );
    await expect(sort).rejects.toMatchObject({ code: 'WAREHOUSE_DISK_FULL' });
  });
});
