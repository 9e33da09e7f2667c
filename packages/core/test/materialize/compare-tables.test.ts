import { describe, expect, it } from 'vitest';
import { type Dialect, double, integer, text } from '../../src/index.js';
import {
  type ComparedTables,
  countDifferences,
  sampleDifferences,
} from '../../src/materialize/compare-tables.js';
import { openMemory, openSession } from '../support/lab.js';

const compared = (key: readonly string[], dialect: Dialect = 'duckdb'): ComparedTables => ({
  left: 'ours',
  right: 'theirs',
  columns: { id: integer(), kind: text().nullable(), amount: double() },
  key,
  dialect,
});

async function open() {
  const session = await openSession(await openMemory());
  const table = (name: string, rows: string) =>
    session.execute(`create table ${name} as select * from (values ${rows}) as rows(id, kind, amount)`);
  await table('ours', "(1, 'a', 1e0), (2, null, 2e0), (3, 'c', 3e0), (4, 'd', 0.3e0), (5, 'e', 5e0)");
  await table(
    'theirs',
    "(1, 'a', 1e0), (2, 'b', 2e0), (4, 'd', 0.1e0 + 0.2e0), (5, 'e', 5.1e0), (6, 'f', 6e0)",
  );
  return session;
}

describe('two tables', () => {
  it('are compared by key, column by column, doubles within 1e-9', async () => {
    const session = await open();
    expect(await session.query(countDifferences(compared(['id'])))).toEqual([
      { only_left: 1, only_right: 1, differing: 2, differs_0: 1, differs_1: 1 },
    ]);
    const left = { left_kind: 'c', right_kind: null, left_amount: 3, right_amount: null };
    expect(await session.query(sampleDifferences(compared(['id']), 2))).toEqual([
      { id: 2, side: 'both', left_kind: null, right_kind: 'b', left_amount: 2, right_amount: 2 },
      { id: 3, side: 'left', ...left },
    ]);
  });

  it('have no doubles in common with infinite ones, or with what is no number', async () => {
    const session = await openSession(await openMemory());
    const values = ["'inf'", "'-inf'", "'nan'", '5', 'null'];
    const pairs = values.flatMap((left) => values.map((right) => [left, right]));
    const table = (name: string, side: number) => {
      const rows = pairs.map((pair, id) => `(${id}, 'a', ${pair[side]}::double)`);
      return session.execute(
        `create table ${name} as from (values ${rows.join(', ')}) as rows(id, kind, amount)`,
      );
    };
    await table('ours', 0);
    await table('theirs', 1);
    const same = values.length;
    expect(await session.query(countDifferences(compared(['id'])))).toMatchObject([
      { only_left: 0, only_right: 0, differing: pairs.length - same },
    ]);
  });

  it('are compared as a whole without a key, and rows are counted as often as they are there', async () => {
    const session = await open();
    await session.execute("insert into ours values (1, 'a', 1)");
    expect(await session.query(countDifferences(compared([])))).toMatchObject([
      { only_left: 4, only_right: 3 },
    ]);
    expect((await session.query(sampleDifferences(compared([]), 20))).length).toBe(7);
  });

  it.each([
    ['by key', ['id']],
    ['as a whole', []],
  ])('ask Snowflake for nothing that it lacks when compared %s', (_, key) => {
    const tables = compared(key, 'snowflake');
    const lacks = /\bfilter \(|\b(except|intersect) all\b/;
    expect(countDifferences(tables)).not.toMatch(lacks);
    expect(sampleDifferences(tables, 3)).not.toMatch(lacks);
  });
});
