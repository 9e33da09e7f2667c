import { provenanceColumns, type Session } from '@matinee/core';
import type { KeyVerdicts } from './accounts.js';
import type { LoadContext } from './context.js';
import type { FileLoad } from './load-files.js';
import type { RawTable } from './raw-table.js';
import { hasRepeatedKeys } from './repeated-keys.js';
import { temporaryTable } from './temporary-table.js';

/**
 * Leaves one row of each key in the table. Different rows within one file are all rejected; of the rest the file wins
 * whose path is last in byte order, and rows that equal the winner count as repeated.
 *
 * @returns what became of the rows that do not stay, by file.
 */
export async function resolveKeys(
  { request, intake }: LoadContext,
  table: RawTable,
  loads: readonly FileLoad[],
): Promise<ReadonlyMap<string, KeyVerdicts>> {
  const { session } = request;
  if (table.source.key.length === 0 || !(await hasRepeatedKeys(session, table))) return new Map();
  const temporary = temporaryTables(table);
  try {
    for (const statement of judgeRepeats(table)) await session.execute(statement);
    const verdicts = await countVerdicts(session, temporary.verdicts);
    const conflicts = new Map(
      [...verdicts].flatMap(([file, { conflict = 0 }]) => (conflict > 0 ? [[file, conflict]] : [])),
    );
    if (conflicts.size > 0) await intake.rejectConflicts(table, loads, temporary.conflicts, conflicts);
    await session.transaction(async () => {
      for (const statement of keepWinners(table)) await session.execute(statement);
    });
    return verdicts;
  } finally {
    for (const name of Object.values(temporary)) {
      await session.execute(`drop table if exists ${name}`).catch(() => undefined);
    }
  }
}

function temporaryTables(table: RawTable) {
  return {
    repeats: temporaryTable(table, 'repeats'),
    conflicts: temporaryTable(table, 'conflicts'),
    verdicts: temporaryTable(table, 'verdicts'),
  };
}

/** Three temporary tables: the rows of repeated keys, keys with different rows in one file, and what each row gets. */
export function judgeRepeats(table: RawTable): readonly string[] {
  const { name, source } = table;
  const { repeats, conflicts, verdicts } = temporaryTables(table);
  const [file, load] = [provenanceColumns.file, provenanceColumns.load].map((column) => table.quote(column));
  const key = source.key.map((column) => table.quote(column)).join(', ');
  const columns = table.columns.join(', ');
  // Rows of one file are all alike here, so it does not matter which of them comes first.
  const byKey = `over (partition by ${key} order by ${file} desc)`;
  const others = Object.keys(source.columns).filter((column) => !source.key.includes(column));
  const winner = others.map(
    (column, index) => `first_value(${table.quote(column)}) ${byKey} as winner_${index}`,
  );
  const alike = others.map((column, index) => `${table.quote(column)} is not distinct from winner_${index}`);
  return [
    `create or replace temporary table ${repeats} as
select ${columns}, cast(${file} as varchar) as ${file}, cast(${load} as varchar) as ${load}
from ${name}
where (${key}) in (select ${key} from ${name} group by ${key} having count(*) > 1)`,
    `create or replace temporary table ${conflicts} as
select ${file}, ${key}
from (select distinct ${file}, ${columns} from ${repeats}) as variants
group by ${file}, ${key}
having count(*) > 1`,
    `create or replace temporary table ${verdicts} as
select ${columns}, ${file}, ${load}, 'conflict' as verdict, false as is_hidden
from ${repeats}
where (${file}, ${key}) in (select ${file}, ${key} from ${conflicts})
union all
select ${columns}, ${file}, ${load},
  case when place = 1 then 'kept' when ${alike.join(' and ') || 'true'} then 'repeated' else 'overruled' end,
  ${file} <> winning_file
from (
  select ${columns}, ${file}, ${load},
    ${[`row_number() ${byKey} as place`, `first_value(${file}) ${byKey} as winning_file`, ...winner].join(',\n    ')}
  from ${repeats}
  where (${file}, ${key}) not in (select ${file}, ${key} from ${conflicts})
) as ranked`,
  ];
}

/** Takes the rows of repeated keys out of the table, and puts those back that win. Rows have no number on Snowflake. */
export function keepWinners(table: RawTable): readonly string[] {
  const { repeats, verdicts } = temporaryTables(table);
  const key = table.source.key.map((column) => table.quote(column)).join(', ');
  return [
    `delete from ${table.name} where (${key}) in (select ${key} from ${repeats})`,
    table.insertAgain(`${verdicts} where verdict = 'kept'`),
  ];
}

async function countVerdicts(
  session: Session,
  verdictsTable: string,
): Promise<ReadonlyMap<string, KeyVerdicts>> {
  const rows = await session.query(
    `select _file as file, verdict, count(*) as n, count_if(is_hidden) as hidden
from ${verdictsTable} where verdict <> 'kept' group by _file, verdict`,
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
