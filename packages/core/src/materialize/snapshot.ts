import type { Snapshot } from '../nodes/snapshot.js';
import type { Dialect } from '../sql/dialect.js';
import { quoteIdentifier } from '../sql/identifier.js';
import { formatLiteral } from '../sql/literal.js';

export interface SnapshotBuild {
  readonly snapshot: Snapshot;
  /** The published history, or undefined on the first build. */
  readonly published: string | undefined;
  /** The current rows, contract applied. */
  readonly select: string;
  /** The run's time. */
  readonly now: Date;
  readonly dialect: Dialect;
}

/**
 * The whole history after looking at the current rows: closed versions as they were; open versions, closed if their
 * row changed or is gone; and a new open version for every row that is new, changed or back.
 */
export function snapshotSelect({ snapshot, published, select, now, dialect }: SnapshotBuild): string {
  const q = (name: string) => quoteIdentifier(name, dialect);
  const time = formatLiteral(now, dialect);
  const columns = Object.keys(snapshot.queryColumns);
  const sameKey = (a: string, b: string) =>
    snapshot.naturalKey.map((key) => `${a}.${q(key)} = ${b}.${q(key)}`).join(' and ');
  const { strategy } = snapshot;
  const isCheck = strategy.type === 'check';
  const changed = isCheck
    ? strategy.columns
        .map((column) => `history.${q(column)} is distinct from current_rows.${q(column)}`)
        .join(' or ')
    : `current_rows.${q(strategy.updatedAt)} > history.updated_at`;
  // When a row came to be as it is: under the check strategy nobody knows better than the run.
  const ownTime = isCheck ? time : `current_rows.${q(strategy.updatedAt)}`;
  const firstKey = q(snapshot.naturalKey[0] ?? '');
  const texts = snapshot.naturalKey.map((key) => `cast(current_rows.${q(key)} as varchar)`);
  // Several parts carry their lengths, so that 'a|b' and 'c' are not taken for 'a' and 'b|c'.
  const keyText =
    texts.length === 1
      ? texts[0]
      : texts.map((text) => `length(${text}) || ':' || ${text}`).join(" || '|' || ");
  const idOf = (from: string) =>
    [keyText, ...(isCheck ? [from] : [from, ownTime]).map((at) => timeText(at, dialect))].join(` || '|' || `);
  const newVersion = (from: string, ordinal = '') => [
    ...columns.map((column) => `current_rows.${q(column)}`),
    `md5(${idOf(from)}${ordinal}) as scd_id`,
    `${isCheck ? from : ownTime} as updated_at`,
    `${from} as valid_from`,
    'cast(null as timestamp) as valid_to',
  ];
  const currentRows = `with current_rows as (\n${select}\n)`;
  if (!published) return `${currentRows}\nselect ${newVersion(ownTime).join(', ')}\nfrom current_rows`;

  // A version begins where the one before it ends, whatever the clocks say: versions never overlap.
  const closedAt = `greatest(${isCheck ? time : `coalesce(${ownTime}, ${time})`}, history.valid_from)`;
  const validFrom = `greatest(${ownTime}, coalesce(history.valid_from, last_seen.valid_to, ${ownTime}))`;
  // While the clock stands still, versions begin at the same time: then their number tells them apart.
  const ordinal = ` || case when last_seen.valid_from = ${validFrom} then '|' || cast(last_seen.versions as varchar) else '' end`;
  return `${currentRows}, last_seen as (
  select ${snapshot.naturalKey.map(q).join(', ')}, max(valid_to) as valid_to, max(valid_from) as valid_from, count(*) as versions from ${published} group by ${snapshot.naturalKey.map(q).join(', ')}
)
select ${columns.map((column) => `history.${q(column)}`).join(', ')}, history.scd_id, history.updated_at, history.valid_from,
  case when history.valid_to is null and (current_rows.${firstKey} is null or ${changed}) then ${closedAt} else history.valid_to end as valid_to
from ${published} as history
left join current_rows on ${sameKey('history', 'current_rows')}
union all
select ${newVersion(validFrom, ordinal).join(', ')}
from current_rows
left join ${published} as history on ${sameKey('history', 'current_rows')} and history.valid_to is null
left join last_seen on ${sameKey('last_seen', 'current_rows')}
where history.scd_id is null or ${changed}`;
}

/** A time as a text that is the same on every engine. */
function timeText(time: string, dialect: Dialect): string {
  return dialect === 'duckdb'
    ? `strftime(cast(${time} as timestamp), '%Y-%m-%d %H:%M:%S.%f')`
    : `to_char(cast(${time} as timestamp), 'YYYY-MM-DD HH24:MI:SS.FF6')`;
}
