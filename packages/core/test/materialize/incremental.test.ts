import { describe, expect, it } from 'vitest';
import {
  type IncrementalOptions,
  incremental,
  integer,
  sql,
  text,
  thisModel,
  whenIncremental,
} from '../../src/index.js';
import { nodeOf, openLab, statuses } from '../support/lab.js';
import { aModel, aSource } from '../support/nodes.js';

const columns = { id: integer(), day: text().nullable(), n: integer() };
const row = (id: number, day: string | null, n: number) => ({ id, day, n });

function project(options: IncrementalOptions<string>) {
  const raw = aSource('raw_views', columns);
  const onlyNew = whenIncremental(sql`where n > (select coalesce(max(n), 0) from ${thisModel})`);
  const views = aModel('views', columns, sql`select id, day, n from ${raw} ${onlyNew}`, {
    key: options.strategy === 'append' ? [] : ['id'],
    materialized: incremental(options),
  });
  return [raw, views];
}

const first = [row(1, 'mon', 1), row(2, null, 2), row(3, 'tue', 3)];
const second = [row(1, 'mon', 1), row(2, null, 4), row(4, 'tue', 5)];

describe('an incremental model', () => {
  it.each<[string, IncrementalOptions<string>, unknown[]]>([
    ['appends', { strategy: 'append' }, [first[0], first[1], second[1], first[2], second[2]]],
    ['merges by key', { strategy: 'merge' }, [first[0], second[1], first[2], second[2]]],
    ['deletes and inserts by key', { strategy: 'deleteInsert' }, [first[0], second[1], first[2], second[2]]],
    [
      'deletes and inserts by a column that may be null',
      { strategy: 'deleteInsert', deleteBy: ['day'] },
      [first[0], second[1], second[2]],
    ],
    ['is refreshed in full by default', {}, second],
  ])('%s', async (_what, options, expected) => {
    const lab = await openLab();
    await lab.build(project(options), { rows: { raw_views: first } });
    expect(await lab.rows('lab.views')).toEqual(first);
    const result = await lab.build(project(options), { rows: { raw_views: second } });
    expect(nodeOf(result, 'views').action).toBe(options.strategy ? 'increment' : 'create');
    expect(await lab.rows('lab.views')).toEqual(expected);
    expect(await lab.stored()).toEqual(['lab.views table', 'raw.raw_views table']);
  });

  it('adds nothing in a build without news', async () => {
    const lab = await openLab();
    for (let build = 0; build < 2; build++)
      await lab.build(project({ strategy: 'append' }), { rows: { raw_views: first } });
    expect(await lab.rows('lab.views')).toEqual(first);
  });

  it('is built in full when that is asked, or when its code has changed', async () => {
    const lab = await openLab();
    await lab.build(project({ strategy: 'append' }), { rows: { raw_views: first } });
    await lab.build(project({ strategy: 'append' }), { rows: { raw_views: second }, fullRefresh: true });
    expect(await lab.rows('lab.views')).toEqual(second);
    const changed = await lab.build(project({ strategy: 'merge' }), { rows: { raw_views: first } });
    expect(nodeOf(changed, 'views')).toMatchObject({
      action: 'create',
      reason: 'contract changed; configuration changed',
    });
    expect(await lab.rows('lab.views')).toEqual(first);
  });

  it('keeps the published rows when its increment holds a key twice', async () => {
    const lab = await openLab();
    await lab.build(project({ strategy: 'merge' }), { rows: { raw_views: first } });
    const twice = [row(9, 'wed', 8), row(9, 'wed', 9)];
    const result = await lab.build(project({ strategy: 'merge' }), { rows: { raw_views: twice } });
    expect(statuses(result)).toEqual({ raw_views: 'ok', views: 'failed' });
    expect(await lab.rows('lab.views')).toEqual(first);
  });
});
