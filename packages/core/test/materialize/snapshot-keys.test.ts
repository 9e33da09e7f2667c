import { expect, test } from 'vitest';
import { openDuckDb } from '../../src/adapters/duckdb/open.js';
import { withSession } from '../../src/adapters/with-session.js';
import { snapshotSelect } from '../../src/materialize/snapshot.js';
import { text } from '../../src/nodes/column.js';
import { type Snapshot, snapshot } from '../../src/nodes/snapshot.js';
import { sql } from '../../src/sql/fragment.js';

test('keys of several parts whose texts run together alike have versions of their own', async () => {
  const query = "select 'a|b' as first, 'c' as second union all select 'a' as first, 'b|c' as second";
  const history = snapshot({
    name: 'pairs_snapshot',
    description: 'Pairs of texts.',
    columns: { first: text(), second: text() },
    key: ['first', 'second'],
    strategy: { type: 'check', columns: ['second'] },
    query: sql`select 1`,
  });
  const select = snapshotSelect({
    snapshot: history as unknown as Snapshot,
    published: undefined,
    select: query,
    now: new Date('2026-01-01T00:00:00Z'),
    dialect: 'duckdb',
  });
  const warehouse = await openDuckDb({ path: ':memory:' });
  const [row] = await withSession(warehouse, (session) =>
    session.query(`select count(distinct scd_id) as versions from (${select})`),
  ).finally(() => warehouse.close());
  expect(row?.versions).toBe(2);
});
