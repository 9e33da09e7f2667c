import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { integer, openDuckDb, sql, view, withSession } from '../../src/index.js';
import { temporaryFolder } from '../support/files.js';
import { actions, closing, Lab, openSession, statuses } from '../support/lab.js';
import { aModel, aSource, idAndName } from '../support/nodes.js';

const rows = { raw_films: [{ id: 1, name: 'Heat' }] };

/** raw_films → films (view) → named → total */
function project(minimum = 0) {
  const raw = aSource('raw_films', idAndName);
  const films = aModel('films', idAndName, sql`select id, name from ${raw}`, { materialized: view() });
  const named = aModel('named', idAndName, sql`select id, name from ${films} where id > ${minimum}`);
  const total = aModel('total', { n: integer() }, sql`select count(*) as n from ${named}`);
  const shown = aModel('shown', idAndName, sql`select id, name from ${named}`, { materialized: view() });
  return [raw, films, named, total, shown];
}

/** A target that is built in a file, and closed. */
async function builtFile(): Promise<string> {
  const path = join(temporaryFolder(), 'prod.duckdb');
  const warehouse = await openDuckDb({ path });
  const result = await withSession(warehouse, (session) =>
    new Lab(warehouse, session).build(project(), { rows, schemaPrefix: 'prod_' }),
  ).finally(() => warehouse.close());
  expect(result.status).toBe('ok');
  return path;
}

async function openDev(): Promise<Lab> {
  const warehouse = closing(await openDuckDb({ path: join(temporaryFolder(), 'dev.duckdb') }));
  await warehouse.attach?.('prod', await builtFile());
  return new Lab(warehouse, await openSession(warehouse));
}

const defer = { database: 'prod', schemaPrefix: 'prod_' };

describe('a build that defers to another target', () => {
  it('reads from there what was never built here', async () => {
    const lab = await openDev();
    const result = await lab.build(project(), { select: ['total'], defer });
    expect(statuses(result)).toEqual({ total: 'ok' });
    expect(await lab.rows('lab.total')).toEqual([{ n: 1 }]);
    expect(await lab.stored()).toContain('lab.total table');
    expect(actions(await lab.build(project(), { select: ['total'], defer }))).toEqual({ total: 'reuse' });
  });

  it('reads what is built here from here', async () => {
    const lab = await openDev();
    await lab.build(project(5), { select: ['named', 'total'], defer });
    expect(await lab.rows('lab.total')).toEqual([{ n: 0 }]);
    const again = await lab.build(project(5), { select: ['total'], defer });
    expect(actions(again)).toEqual({ total: 'reuse' });
  });

  it('refuses a view over another target, which would outlive the connection', async () => {
    const lab = await openDev();
    await expect(lab.build(project(), { select: ['shown'], defer })).rejects.toMatchObject({
      code: 'DEFERRED_VIEW',
      message: "'shown' is a view and cannot read 'named' from another target.",
      hint: "Build what it reads here as well: matinee build --select '+shown'.",
    });
  });

  it('says what was missing there, too', async () => {
    const lab = await openDev();
    const more = aModel('more', { n: integer() }, sql`select 1 as n`);
    const reader = aModel('reader', { n: integer() }, sql`select n from ${more}`);
    await expect(
      lab.build([...project(), more, reader], { select: ['reader'], defer }),
    ).rejects.toMatchObject({
      code: 'UPSTREAM_MISSING',
    });
  });
});
