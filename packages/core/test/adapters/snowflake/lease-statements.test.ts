import { expect, it } from 'vitest';
import { LeaseStatements } from '../../../src/adapters/snowflake/lease-statements.js';

it('a lease is one row, taken and renewed by updates that look at it', () => {
  const statements = new LeaseStatements('dev_', 120);
  const held = { holder: 'h-1', fence: 7 };
  expect([
    ...statements.create,
    statements.take({ holder: 'h-1', purpose: "matinee build --select 'a'", host: 'box', pid: 4711 }),
    statements.read,
    statements.renew(held),
    statements.hold(held),
    statements.check(held),
    statements.release(held),
  ]).toEqual([
    'create schema if not exists "DEV__MATINEE"',
    'create table if not exists "DEV__MATINEE"."LEASE" as select cast(0 as number(38, 0)) as fence, cast(null as varchar) as holder, cast(null as varchar) as purpose, cast(null as varchar) as host, cast(null as number(38, 0)) as pid, cast(null as timestamp_ntz(6)) as since, cast(null as timestamp_ntz(6)) as expires_at',
    `update "DEV__MATINEE"."LEASE" set fence = fence + 1, holder = 'h-1', purpose = 'matinee build --select ''a''', host = 'box', pid = 4711, since = sysdate(), expires_at = dateadd(millisecond, 120000, sysdate()) where holder is null or expires_at <= sysdate()`,
    'select fence, holder, purpose, host, pid, since from "DEV__MATINEE"."LEASE"',
    `update "DEV__MATINEE"."LEASE" set expires_at = dateadd(millisecond, 120000, sysdate()) where holder = 'h-1' and fence = 7`,
    `update "DEV__MATINEE"."LEASE" set expires_at = dateadd(millisecond, 120000, sysdate()) where holder = 'h-1' and fence = 7 and expires_at > sysdate()`,
    `select count(*) as held from "DEV__MATINEE"."LEASE" where holder = 'h-1' and fence = 7 and expires_at > sysdate()`,
    `update "DEV__MATINEE"."LEASE" set holder = null, expires_at = null where holder = 'h-1' and fence = 7`,
  ]);
});
