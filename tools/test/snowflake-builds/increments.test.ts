import { incremental, integer, mapped, model, snapshot, sql, table, text } from '@matinee/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Lab } from './lab.js';

interface Row {
  readonly id: number;
  readonly kind: string;
  readonly amount: number;
}

/** A table of these rows, what increments make of it, and the same made in full. */
function project(rows: readonly Row[]) {
  const values = rows.map(
    ({ id, kind, amount }) => `select ${id} as id, '${kind}' as kind, ${amount} as amount`,
  );
  const none = "select 1 as id, 'a' as kind, 1 as amount where 1 = 0";
  const items = model({
    name: 'items',
    description: 'Items.',
    materialized: table(),
    columns: { id: integer(), kind: text(), amount: integer() },
    key: ['id'],
    query: verbatim(values.join('\nunion all\n') || none),
  });
  const query = sql`select kind, count(*) as items, sum(amount) as amount from ${items} group by kind`;
  const columns = { kind: text(), items: integer(), amount: integer() };
  const byChanges = model({
    name: 'by_changes',
    description: 'Totals, computed anew where items have changed.',
    materialized: incremental({ inputs: [mapped(items, { kind: 'kind' })], maxShare: 1 }),
    columns,
    key: ['kind'],
    query,
  });
  const inFull = model({
    name: 'in_full',
    description: 'Totals.',
    materialized: table(),
    columns,
    key: ['kind'],
    query,
  });
  const history = snapshot({
    name: 'history',
    description: 'Items as they were.',
    columns: { id: integer(), kind: text(), amount: integer() },
    key: ['id'],
    strategy: { type: 'check', columns: ['kind', 'amount'] },
    query: sql`select id, kind, amount from ${items}`,
  });
  return [items, byChanges, inFull, history];
}

/** SQL that no template literal of the test has: its rows are drawn. */
function verbatim(text: string) {
  return sql(Object.assign([text], { raw: [text] }) as unknown as TemplateStringsArray);
}

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
          expect((await lab.build(project(rows))).nodes.map(({ error }) => error?.message)).toEqual([
            undefined,
            undefined,
            undefined,
            undefined,
          ]);
          const [increments, full] = ['by_changes', 'in_full'].map((name) =>
            lab.rows(`select kind, items, amount from lab.${name} order by kind`),
          );
          expect(await increments).toEqual(await full);
          expect(
            await lab.rows('select id, kind, amount from lab.history where valid_to is null order by id'),
          ).toEqual([...rows].sort((a, b) => a.id - b.id));
        }
      }),
      { numRuns: Number(process.env.MATINEE_PROPERTY_RUNS ?? 3), seed: 20261122 },
    );
  });

  it('an increment computes what its changes touch, and publishes it in one transaction', async () => {
    const lab = await Lab.open();
    const rows = [
      { id: 1, kind: 'a', amount: 1 },
      { id: 2, kind: 'b', amount: 2 },
    ];
    await lab.build(project(rows));
    const result = await lab.build(project([{ id: 1, kind: 'a', amount: 5 }, ...rows.slice(1)]), {
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
