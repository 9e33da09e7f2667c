import { expect, it } from 'vitest';
import { integer, sql, view } from '../../src/index.js';
import { openLab, openSession } from '../support/lab.js';
import { aModel } from '../support/nodes.js';

const ROWS = 60_000;

it('a reader that looks all the while sees whole versions only: never a missing, empty or mixed table', async () => {
  const lab = await openLab();
  const project = (version: number) => {
    const big = aModel('big', { v: integer() }, sql`select ${version} as v from range(${ROWS})`);
    const shown = aModel('shown', { v: integer() }, sql`select v from ${big}`, { materialized: view() });
    const small = aModel('small', { v: integer() }, sql`select max(v) as v from ${shown}`);
    return [big, shown, small];
  };
  await lab.build(project(0));
  const reader = await openSession(lab.warehouse);
  const seen = new Set<string>();
  let building = true;
  const looking = (async () => {
    for (let look = 0; building; look++) {
      const from = look % 2 === 0 ? 'lab.big' : 'lab.shown';
      const [row] = await reader.query(`select min(v) as low, max(v) as high, count(*) as rows from ${from}`);
      seen.add(JSON.stringify(row));
    }
  })();
  for (let version = 1; version <= 6; version++) await lab.build(project(version));
  building = false;
  await looking;
  const whole = Array.from({ length: 7 }, (_, v) => JSON.stringify({ low: v, high: v, rows: ROWS }));
  expect(whole).toEqual(expect.arrayContaining([...seen]));
  expect(seen.size).toBeGreaterThan(1);
});
