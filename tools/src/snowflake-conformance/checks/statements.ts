import { deepEqual, equal, rejects } from 'node:assert/strict';
import { checksOf } from '../check.js';

export const statements = checksOf('tables and views', {
  'a transient table is created from a query, and replaced': async ({ session, name }) => {
    for (const n of [1, 2])
      await session.execute(`create or replace transient table ${name('t')} as select ${n} as n`);
    deepEqual(await session.query(`select n from ${name('t')}`), [{ n: 2 }]);
  },
  'a table takes over the grants of another, and is clustered': async ({ session, name }) => {
    await session.execute(`create transient table ${name('old')} as select 1 as id`);
    await session.execute(`create or replace transient table ${name('t')} like ${name('old')} copy grants`);
    await session.execute(
      `create or replace transient table ${name('t')} cluster by (id) copy grants as select 7 as id`,
    );
    deepEqual(await session.query(`select id from ${name('t')}`), [{ id: 7 }]);
  },
  'columns are described': async ({ session, name }) => {
    await session.execute(`create table ${name('t')} (id int, title varchar)`);
    await session.execute(
      `alter table ${name('t')} alter column id comment 'The key.', column title comment 'It''s a name.'`,
    );
  },
  'a clone is a table of its own': async ({ session, name }) => {
    await session.execute(`create transient table ${name('t')} as select 1 as n`);
    await session.execute(`create transient table ${name('c')} clone ${name('t')}`);
    await session.execute(`insert into ${name('c')} values (2)`);
    deepEqual(await session.query(`select count(*) as n from ${name('t')}`), [{ n: 1 }]);
  },
  'two tables trade names': async ({ session, name }) => {
    await session.execute(`create transient table ${name('a')} as select 'a' as x`);
    await session.execute(`create transient table ${name('b')} as select 'b' as x`);
    await session.execute(`alter table ${name('a')} swap with ${name('b')}`);
    deepEqual(await session.query(`select x from ${name('a')}`), [{ x: 'b' }]);
  },
  'tables and views are renamed within their schema': async ({ session, name }) => {
    await session.execute(`create transient table ${name('a')} as select 1 as n`);
    await session.execute(`create view ${name('v')} as select * from ${name('a')}`);
    await session.execute(`alter view ${name('v')} rename to ${name('w')}`);
    deepEqual(await session.query(`select n from ${name('w')}`), [{ n: 1 }]);
    await session.execute(`alter table ${name('a')} rename to ${name('b')}`);
    deepEqual(await session.query(`select n from ${name('b')}`), [{ n: 1 }]);
  },
  'a view that is replaced can be brought back by its definition': async ({ session, name }) => {
    await session.execute(`create or replace view ${name('v')} copy grants as select 1 as n`);
    const [row] = await session.query(`select get_ddl('view', '${name('v')}', true) as definition`);
    await session.execute(`create or replace view ${name('v')} copy grants as select 2 as n`);
    await session.execute(String(row?.definition));
    deepEqual(await session.query(`select n from ${name('v')}`), [{ n: 1 }]);
  },
  'changes tell how many rows they changed': async ({ session, name }) => {
    await session.execute(`create table ${name('t')} (id int, n int)`);
    equal(await session.execute(`insert into ${name('t')} values (1, 1), (2, 2), (3, 3)`), 3);
    equal(await session.execute(`update ${name('t')} set n = 0 where id > 1`), 2);
    equal(await session.execute(`delete from ${name('t')} where id = 3`), 1);
    const source = `(select 1 as id, 5 as n union all select 9, 9)`;
    equal(
      await session.execute(
        `merge into ${name('t')} as t using ${source} as s on t.id = s.id when matched then update set n = s.n when not matched then insert (id, n) values (s.id, s.n)`,
      ),
      2,
    );
    deepEqual(await session.query(`select id, n from ${name('t')} order by id`), [
      { id: 1, n: 5 },
      { id: 2, n: 0 },
      { id: 9, n: 9 },
    ]);
  },
  'a merge with a key that comes twice fails': async ({ session, name }) => {
    await session.execute(`create table ${name('t')} as select 1 as id, 1 as n`);
    const source = '(select 1 as id, 5 as n union all select 1, 6)';
    await rejects(
      session.execute(
        `merge into ${name('t')} as t using ${source} as s on t.id = s.id when matched then update set n = s.n`,
      ),
    );
    deepEqual(await session.query(`select n from ${name('t')}`), [{ n: 1 }]);
  },
});
