/** A project with a table, a view, an increment, a table that says the same in full, and a history. */

import type { WarehouseRow } from '@matinee/core';
import {
  dataTest,
  incremental,
  integer,
  mapped,
  model,
  range,
  snapshot,
  sql,
  table,
  text,
  view,
} from '@matinee/core';

export interface Item {
  readonly id: number;
  readonly kind: string;
  readonly amount: number;
}

/** No item that is published has more. */
export const MOST = 9;

/** The table of these items, and what is made of it. */
export function itemsProject(rows: readonly Item[]): readonly unknown[] {
  const values = rows.map(
    ({ id, kind, amount }) => `select ${id} as id, '${kind}' as kind, ${amount} as amount`,
  );
  const none = "select 1 as id, 'a' as kind, 1 as amount where 1 = 0";
  const columns = { id: integer(), kind: text(), amount: integer().test(range({ max: MOST })) };
  const items = model({
    name: 'items',
    description: 'Items.',
    materialized: table(),
    columns,
    key: ['id'],
    query: verbatim(values.join('\nunion all\n') || none),
  });
  const shown = model({
    name: 'shown',
    description: 'Items as people see them.',
    materialized: view(),
    columns,
    key: ['id'],
    query: sql`select id, kind, amount from ${items}`,
  });
  const query = sql`select kind, count(*) as items, sum(amount) as amount from ${items} group by kind`;
  const totals = { kind: text(), items: integer(), amount: integer() };
  const byChanges = model({
    name: 'by_changes',
    description: 'Totals, computed anew where items have changed.',
    materialized: incremental({ inputs: [mapped(items, { kind: 'kind' })], maxShare: 1 }),
    columns: totals,
    key: ['kind'],
    query,
  });
  const inFull = model({
    name: 'in_full',
    description: 'Totals.',
    materialized: table(),
    columns: totals,
    key: ['kind'],
    query,
  });
  const again = model({
    name: 'again',
    description: 'Totals, published together with the others.',
    materialized: table(),
    columns: totals,
    key: ['kind'],
    query,
  });
  const agree = dataTest({
    name: 'totals_agree',
    description: 'Both say the same.',
    query: sql`
      select a.kind from ${inFull} as a
      full join ${again} as b on a.kind = b.kind
      where a.amount is distinct from b.amount`,
  });
  const history = snapshot({
    name: 'history',
    description: 'Items as they were.',
    columns: { id: integer(), kind: text(), amount: integer() },
    key: ['id'],
    strategy: { type: 'check', columns: ['kind', 'amount'] },
    query: sql`select id, kind, amount from ${items}`,
  });
  return [items, shown, byChanges, inFull, again, agree, history];
}

/** Queries that show what is published, by relation, and what each must answer for these items. */
export function expectedRows(rows: readonly Item[]): Readonly<Record<string, readonly WarehouseRow[]>> {
  const items = [...rows].sort((a, b) => a.id - b.id).map(({ id, kind, amount }) => ({ id, kind, amount }));
  const kinds = [...new Set(rows.map(({ kind }) => kind))].sort();
  const totals = kinds.map((kind) => {
    const own = rows.filter((row) => row.kind === kind);
    return { kind, items: own.length, amount: own.reduce((sum, { amount }) => sum + amount, 0) };
  });
  return { items, shown: items, by_changes: totals, in_full: totals, again: totals, history: items };
}

export const QUERIES: Readonly<Record<string, string>> = {
  items: 'select id, kind, amount from lab.items order by id',
  shown: 'select id, kind, amount from lab.shown order by id',
  by_changes: 'select kind, items, amount from lab.by_changes order by kind',
  in_full: 'select kind, items, amount from lab.in_full order by kind',
  again: 'select kind, items, amount from lab.again order by kind',
  history: 'select id, kind, amount from lab.history where valid_to is null order by id',
};

/** SQL that no template literal of the test has: its rows are drawn. */
function verbatim(text: string) {
  return sql(Object.assign([text], { raw: [text] }) as unknown as TemplateStringsArray);
}
