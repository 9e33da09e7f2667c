import { provenanceColumns, quoteIdentifier, type Session } from '@matinee/core';
import type { KeyVerdicts } from './accounts.js';
import type { LoadContext } from './context.js';
import type { FileLoad } from './load-files.js';
import type { RawTable } from './raw-table.js';
import { rejectConflicts } from './reject-conflicts.js';
import { hasRepeatedKeys } from './repeated-keys.js';

const quote = (name: string) => quoteIdentifier(name, 'duckdb');

/**
 * Leaves one row of each key in the table. Different rows within one file are all rejected; of the rest the file wins
 * whose path is last in byte order, and rows that equal the winner count as repeated.
 *
 * @returns what became of the rows that do not stay, by file.
 */
export async function resolveKeys(
  context: LoadContext,
  table: RawTable,
  loads: readonly FileLoad[],
): Promise<ReadonlyMap<string, KeyVerdicts>> {
  const { session } = context.request;
  if (table.source.key.length === 0 || !(await hasRepeatedKeys(session, table))) return new Map();
  try {
    await findRepeats(session, table);
    await rejectConflicts(context, table.source.key, loads);
    await session.execute(
      `delete from ${table.name} where rowid in (select row_id from matinee_verdicts where verdict <> 'kept')`,
    );
    return await countVerdicts(session);
  } finally {
    for (const name of ['matinee_repeats', 'matinee_conflicts', 'matinee_verdicts']) {
      await session.execute(`drop table if exists temp.${name}`).catch(() => undefined);
    }
  }
}

/** Three temporary tables: the rows of repeated keys, keys with different rows in one file, and what each row gets. */
async function findRepeats(session: Session, { name, source }: RawTable): Promise<void> {
  const key = source.key.map(quote).join(', ');
  const columns = Object.keys(source.columns).map(quote).join(', ');
  await session.execute(
    `create or replace temp table matinee_repeats as
select raw.rowid as row_id, cast(raw.${quote(provenanceColumns.file)} as varchar) as file, ${columns}
from ${name} as raw
semi join (select ${key} from ${name} group by ${key} having count(*) > 1) as twice using (${key})`,
  );
  await session.execute(
    `create or replace temp table matinee_conflicts as
select file, ${key}
from (select distinct file, ${columns} from matinee_repeats)
group by file, ${key}
having count(*) > 1`,
  );
  await session.execute(
    `create or replace temp table matinee_verdicts as
select row_id, file, 'conflict' as verdict, false as hidden
from matinee_repeats semi join matinee_conflicts using (file, ${key})
union all
select row_id, file,
  case when place = 1 then 'kept' when row_values is not distinct from winner then 'repeated' else 'overruled' end,
  file <> winning_file
from (
  select row_id, file, row_values, row_number() over by_key as place, first_value(row_values) over by_key as winner, first_value(file) over by_key as winning_file
  from (select *, row(${columns}) as row_values from matinee_repeats)
    anti join matinee_conflicts using (file, ${key})
  window by_key as (partition by ${key} order by file desc, row_id)
)`,
  );
}

async function countVerdicts(session: Session): Promise<ReadonlyMap<string, KeyVerdicts>> {
  const rows = await session.query(
    `select file, verdict, count(*) as n, count_if(hidden) as hidden from matinee_verdicts where verdict <> 'kept' group by file, verdict`,
  );
  const byFile = new Map<string, KeyVerdicts>();
  for (const { file, verdict, n, hidden } of rows) {
    const verdicts = byFile.get(String(file)) ?? {};
    verdicts[verdict as 'conflict' | 'repeated' | 'overruled'] = Number(n);
    verdicts.hidden = (verdicts.hidden ?? 0) + Number(hidden);
    byFile.set(String(file), verdicts);
  }
  return byFile;
}
