import { describe, expect, it } from 'vitest';
import { type Dialect, double, integer, text } from '../../src/index.js';
import {
  changedValues,
  createFeed,
  type FeedTable,
  recordChanges,
} from '../../src/materialize/change-feed.js';
import { expectSql } from '../support/golden.js';
import { openMemory, openSession, rowsOf } from '../support/lab.js';

const feedOf = (dialect: Dialect): FeedTable => ({
  name: 'feed',
  tracked: ['id', 'kind'],
  columns: { id: integer(), kind: text().nullable(), amount: double() },
  isExact: false,
  dialect,
});
const difference = { key: ['id'], before: 'was', after: 'becomes', toVersion: 'v2' };

describe('the changes of a relation', () => {
  it('are kept with the old and new values of what models map by', () => {
    expectSql((dialect) => createFeed(feedOf(dialect)), {
      duckdb: [
        'create table if not exists feed (to_version varchar, change varchar, "old_id" bigint, "new_id" bigint, "old_kind" varchar, "new_kind" varchar)',
      ],
      snowflake: [
        'create transient table if not exists feed (to_version varchar, change varchar, "OLD_ID" number(38, 0), "NEW_ID" number(38, 0), "OLD_KIND" varchar, "NEW_KIND" varchar)',
      ],
    });
  });

  it('are found by key', () => {
    const golden = (q: (column: string) => string) => {
      const double = (side: string) => {
        const amount = `${side}.${q('amount')}`;
        return `case when abs(${amount}) < 1e300 then ${amount} * 8193 - (${amount} * 8193 - ${amount}) else ${amount} end`;
      };
      return `insert into feed
select 'v2', case when old_rows.${q('id')} is null then 'insert' when new_rows.${q('id')} is null then 'delete' else 'update' end, old_rows.${q('id')}, new_rows.${q('id')}, old_rows.${q('kind')}, new_rows.${q('kind')}
from was as old_rows
full join becomes as new_rows on old_rows.${q('id')} = new_rows.${q('id')}
where old_rows.${q('id')} is null
  or new_rows.${q('id')} is null
  or old_rows.${q('kind')} is distinct from new_rows.${q('kind')}
  or ${double('old_rows')} is distinct from ${double('new_rows')}`;
    };
    expectSql((dialect) => recordChanges(feedOf(dialect), difference), {
      duckdb: golden((column) => `"${column}"`),
      snowflake: golden((column) => `"${column.toUpperCase()}"`),
    });
  });

  it('touch what has an old or a new value', () => {
    expectSql((dialect) => changedValues(feedOf(dialect), ['v1', 'v2'], { kind: 'sort' }), {
      duckdb: `select "old_kind" as "sort" from feed where to_version in ('v1', 'v2') and change <> 'insert'
union
select "new_kind" as "sort" from feed where to_version in ('v1', 'v2') and change <> 'delete'`,
      snowflake: `select "OLD_KIND" as "SORT" from feed where to_version in ('v1', 'v2') and change <> 'insert'
union
select "NEW_KIND" as "SORT" from feed where to_version in ('v1', 'v2') and change <> 'delete'`,
    });
  });

  it('are rows that came, went, or became others by more than the last digits', async () => {
    const session = await openSession(await openMemory());
    const feed = feedOf('duckdb');
    for (const statement of createFeed(feed)) await session.execute(statement);
    const table = (name: string, rows: string) =>
      session.execute(`create table ${name} as select * from (values ${rows}) as rows(id, kind, amount)`);
    await table('was', "(1, 'a', 1e0), (2, null, 2e0), (3, 'c', 3e0), (4, 'd', 0.3e0), (5, null, 5e0)");
    await table(
      'becomes',
      "(1, 'a', 1e0), (2, 'b', 2e0), (4, 'd', 0.1e0 + 0.2e0), (5, null, 5.1e0), (6, null, 6e0)",
    );
    expect(await session.execute(recordChanges(feed, difference))).toBe(4);
    expect(await rowsOf(session, 'feed')).toEqual([
      { to_version: 'v2', change: 'delete', old_id: 3, new_id: null, old_kind: 'c', new_kind: null },
      { to_version: 'v2', change: 'insert', old_id: null, new_id: 6, old_kind: null, new_kind: null },
      { to_version: 'v2', change: 'update', old_id: 2, new_id: 2, old_kind: null, new_kind: 'b' },
      { to_version: 'v2', change: 'update', old_id: 5, new_id: 5, old_kind: null, new_kind: null },
    ]);
    const values = await session.query(
      `select * from (${changedValues(feed, ['v2'], { kind: 'kind' })}) order by all`,
    );
    expect(values).toEqual([{ kind: 'b' }, { kind: 'c' }, { kind: null }]);
    expect(await session.query(changedValues(feed, ['v1'], { kind: 'kind' }))).toEqual([]);
  });
});
