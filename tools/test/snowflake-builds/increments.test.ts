import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectedRows, itemsProject, QUERIES } from './items.js';
import { Lab } from './lab.js';

const states = fc.array(
  fc.uniqueArray(fc.record({ id: fc.nat(8), kind: fc.constantFrom('a', 'b', 'c'), amount: fc.nat(3) }), {
    selector: ({ id }) => id,
    maxLength: 9,
  }),
  { minLength: 2, maxLength: 4 },
);

describe('on Snowflake', () => {
  it('an increment equals the full refresh, and a history has the rows of now open', {
    timeout: 180_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(states, async (sequence) => {
        const lab = await Lab.open();
        for (const rows of sequence) {
          expect((await lab.build(itemsProject(rows))).status).toBe('ok');
          for (const [name, expected] of Object.entries(expectedRows(rows)))
            expect(await lab.rows(QUERIES[name] ?? ''), name).toEqual(expected);
        }
      }),
      { numRuns: Number(process.env.MATINEE_PROPERTY_RUNS ?? 3) },
    );
  });

  it('an increment computes what its changes touch, and publishes it in one transaction', async () => {
    const lab = await Lab.open();
    const rows = [
      { id: 1, kind: 'a', amount: 1 },
      { id: 2, kind: 'b', amount: 2 },
    ];
    await lab.build(itemsProject(rows));
    const result = await lab.build(itemsProject([{ id: 1, kind: 'a', amount: 5 }, ...rows.slice(1)]), {
      threads: 1,
    });
    expect(result.nodes.find(({ node }) => node === 'by_changes')).toMatchObject({
      action: 'increment',
      increment: { touchedRows: 1, newRows: 1 },
    });
    expect(await lab.rows('select kind, amount from lab.by_changes order by kind')).toEqual([
      { kind: 'a', amount: 5 },
      { kind: 'b', amount: 2 },
    ]);
    const log = lab.emulator.log.map(({ sql: statement }) => statement);
    const at = log.findLastIndex((statement) => statement.startsWith('delete from "LAB"."BY_CHANGES"'));
    expect(log.slice(0, at).findLast((statement) => /^(begin|commit)/.test(statement))).toMatch(/^begin/);
    expect(log[at + 1]).toMatch(/^insert into "LAB"."BY_CHANGES"/);
  });
});
