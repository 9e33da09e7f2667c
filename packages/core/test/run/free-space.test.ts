import { describe, expect, it } from 'vitest';
import type { Disk } from '../../src/index.js';
import { integer, sql } from '../../src/index.js';
import { errorOf, type Lab, openLab, statuses } from '../support/lab.js';
import { aModel } from '../support/nodes.js';

const model = (rows: number) => aModel('films', { n: integer() }, sql`select range as n from range(${rows})`);

function onDisk(lab: Lab, disk: Disk): void {
  Object.assign(lab.warehouse, { disk: () => disk });
}

const MB = 1024 * 1024;

describe('a disk that fills up', () => {
  it('is looked at before each node, which is not built when next to nothing is left', async () => {
    const lab = await openLab();
    await lab.build([model(1)]);
    onDisk(lab, { free: 3 * MB, total: 100_000 * MB, used: MB });
    const result = await lab.build([model(2)]);
    expect(statuses(result)).toEqual({ films: 'failed' });
    expect(errorOf(result, 'films')).toMatchObject({
      code: 'WAREHOUSE_DISK_LOW',
      message: 'films was not built: only 3 MB are free.',
    });
    expect(await lab.rows('lab.films')).toEqual([{ n: 0 }]);
  });

  it('is warned of when what is published will not fit a second time', async () => {
    const lab = await openLab();
    await lab.build([model(1)]);
    onDisk(lab, { free: 500 * MB, total: 10_000 * MB, used: 800 * MB });
    expect((await lab.build([model(2)])).status).toBe('ok');
    expect(lab.events.filter(({ type }) => type === 'warning')).toEqual([
      {
        type: 'warning',
        code: 'WAREHOUSE_DISK_LOW',
        message: 'The build may need 800 MB beside what is published; 500 MB are free.',
      },
    ]);
  });

  it('is no matter while there is space', async () => {
    const lab = await openLab();
    onDisk(lab, { free: 900 * MB, total: 10_000 * MB, used: 800 * MB });
    await lab.build([model(1)]);
    await lab.build([model(2)]);
    expect(lab.events.map(({ type }) => type)).not.toContain('warning');
  });
});
