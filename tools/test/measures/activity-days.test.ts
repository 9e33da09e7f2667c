import { activityDays, lit, type Sql, sql } from '@matinee/core';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Engine, openEngines } from './engines.js';

let engines: readonly Engine[];
beforeAll(async () => {
  engines = await openEngines();
});
afterAll(async () => {
  for (const engine of engines) await engine.close();
});

const FIRST = Date.UTC(2012, 1, 25);
const dayOf = (index: number) => new Date(FIRST + index * 86_400_000).toISOString().slice(0, 10);
const days = fc.integer({ min: 0, max: 12 });
const visits = fc.array(
  fc.record({ id: fc.integer({ min: 1, max: 4 }), shop: fc.constantFrom('a', 'b'), day: days }),
  { maxLength: 25 },
);

const summed = (from: string, to: string): Sql =>
  sql`sum(case when seen_on between cast(${lit(from)} as date) and cast(${lit(to)} as date)
        and gap > datediff('day', cast(${lit(from)} as date), seen_on) then visitors end)`;

it('counts what count(distinct) counts, in any range of days, on both engines', async () => {
  const cube = activityDays({
    from: sql`visits`,
    id: sql`id`,
    day: sql`seen_on`,
    within: { shop: sql`shop` },
    as: { gap: 'gap', day: 'seen_on', count: 'visitors' },
  });
  await fc.assert(
    fc.asyncProperty(
      visits,
      fc.array(fc.tuple(days, days), { minLength: 1, maxLength: 6 }),
      async (rows, ranges) => {
        for (const { dialect, query } of engines) {
          await query('create or replace table visits (id bigint, shop varchar, seen_on date)');
          if (rows.length > 0)
            await query(
              `insert into visits values ${rows.map(({ id, shop, day }) => `(${id}, '${shop}', '${dayOf(day)}')`).join(', ')}`,
            );
          for (const range of ranges) {
            const [from, to] = [Math.min(...range), Math.max(...range)];
            const found = await query(
              sql`select shop, ${summed(dayOf(from), dayOf(to))} from ${cube} as cube group by shop`,
            );
            for (const shop of ['a', 'b']) {
              const seen = rows.filter((row) => row.shop === shop && row.day >= from && row.day <= to);
              const distinct = new Set(seen.map(({ id }) => id)).size;
              const [, counted] = found.find(([name]) => name === shop) ?? [];
              expect(counted ?? 0, `${shop} on ${dialect}`).toBe(distinct);
            }
          }
        }
      },
    ),
    { numRuns: 30 },
  );
});
