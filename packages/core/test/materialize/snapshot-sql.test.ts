import { describe, it } from 'vitest';
import { snapshotSelect } from '../../src/materialize/snapshot.js';
import { byTime, check, filmHistory } from '../support/film-history.js';
import { expectSql } from '../support/golden.js';

describe('the SQL of a snapshot', () => {
  const [, declared] = filmHistory(byTime);
  const now = new Date(Date.UTC(2026, 0, 1));

  it('is plain on the first run', () => {
    const write = (dialect: 'duckdb' | 'snowflake') =>
      snapshotSelect({ snapshot: declared, published: undefined, select: 'now_rows', now, dialect });
    expectSql(write, {
      duckdb: `with current_rows as (
now_rows
)
select current_rows."id", current_rows."name", current_rows."changed_at", md5(cast(current_rows."id" as varchar) || '|' || strftime(cast(current_rows."changed_at" as timestamp), '%Y-%m-%d %H:%M:%S.%f') || '|' || strftime(cast(current_rows."changed_at" as timestamp), '%Y-%m-%d %H:%M:%S.%f')) as scd_id, current_rows."changed_at" as updated_at, current_rows."changed_at" as valid_from, cast(null as timestamp) as valid_to
from current_rows`,
      snowflake: `with current_rows as (
now_rows
)
select current_rows."ID", current_rows."NAME", current_rows."CHANGED_AT", md5(cast(current_rows."ID" as varchar) || '|' || to_char(cast(current_rows."CHANGED_AT" as timestamp), 'YYYY-MM-DD HH24:MI:SS.FF6') || '|' || to_char(cast(current_rows."CHANGED_AT" as timestamp), 'YYYY-MM-DD HH24:MI:SS.FF6')) as scd_id, current_rows."CHANGED_AT" as updated_at, current_rows."CHANGED_AT" as valid_from, cast(null as timestamp) as valid_to
from current_rows`,
    });
  });

  it('closes and opens versions later', () => {
    const [, checked] = filmHistory(check);
    const write = (dialect: 'duckdb' | 'snowflake') =>
      snapshotSelect({ snapshot: checked, published: 'old', select: 'now_rows', now, dialect });
    const duckdb = `with current_rows as (
now_rows
), last_seen as (
  select "id", max(valid_to) as valid_to, max(valid_from) as valid_from, count(*) as versions from old group by "id"
)
select history."id", history."name", history."changed_at", history.scd_id, history.updated_at, history.valid_from,
  case when history.valid_to is null and (current_rows."id" is null or history."name" is distinct from current_rows."name") then greatest(timestamp '2026-01-01 00:00:00.000', history.valid_from) else history.valid_to end as valid_to
from old as history
left join current_rows on history."id" = current_rows."id"
union all
select current_rows."id", current_rows."name", current_rows."changed_at", md5(cast(current_rows."id" as varchar) || '|' || strftime(cast(FROM as timestamp), '%Y-%m-%d %H:%M:%S.%f') || case when last_seen.valid_from = FROM then '|' || cast(last_seen.versions as varchar) else '' end) as scd_id, FROM as updated_at, FROM as valid_from, cast(null as timestamp) as valid_to
from current_rows
left join old as history on history."id" = current_rows."id" and history.valid_to is null
left join last_seen on last_seen."id" = current_rows."id"
where history.scd_id is null or history."name" is distinct from current_rows."name"`.replaceAll(
      'FROM',
      "greatest(timestamp '2026-01-01 00:00:00.000', coalesce(history.valid_from, last_seen.valid_to, timestamp '2026-01-01 00:00:00.000'))",
    );
    const snowflake = duckdb
      .replace(/"\w+"/g, (name) => name.toUpperCase())
      .replace('strftime(', 'to_char(')
      .replace("'%Y-%m-%d %H:%M:%S.%f'", "'YYYY-MM-DD HH24:MI:SS.FF6'");
    expectSql(write, { duckdb, snowflake });
  });
});
