import { type LoadRequest, provenanceColumns } from '@matinee/core';
import type { RawTable } from '../load/raw-table.js';
import { IS_RECORD, type StagedTables } from './lines-table.js';
import { columnValues, faultSql, RAW_TEXT, recordsSql, type ShapeReading } from './records.js';
import { literal, quote } from './text.js';

/** Counts the records of a shape's files, by path. */
export function countRecords(tables: StagedTables, { shape }: ShapeReading): string {
  return `select files.path, count(*) as n
from ${tables.lines} as lines join ${tables.files} as files on files.file = lines.file
where ${IS_RECORD} and files.shape = ${literal(shape)}
group by files.path`;
}

/** Appends the records that fit to a raw table. */
export function insertRecords(
  tables: StagedTables,
  table: RawTable,
  files: ShapeReading,
  loadId: string,
): string {
  const values = [
    ...columnValues(files.reading),
    [quote(provenanceColumns.file), 'path'] as const,
    [quote(provenanceColumns.load), literal(loadId)] as const,
  ];
  return `insert into ${table.name} (${values.map(([column]) => column).join(', ')})
${recordsSql(tables, tables.lines, files)}
select ${values.map(([, value]) => value).join(',\n  ')}
from records where fault is null`;
}

type RejectsRequest = Pick<LoadRequest, 'rejectsTable' | 'loadId'>;

/** Keeps the records that do not fit. */
export function rejectRecords(
  tables: StagedTables,
  table: RawTable,
  files: ShapeReading,
  request: RejectsRequest,
): string {
  const { column, reason } = faultSql(files.reading);
  return `${intoRejects(request)}
${recordsSql(tables, tables.lines, files)}
select ${originOf(table, request)}, path, line,
  ${column},
  ${reason},
  ${RAW_TEXT}
from records where fault is not null`;
}

/** Counts the rejects that a load has kept of a source, by path. */
export function countRejects(table: RawTable, { rejectsTable, loadId }: RejectsRequest): string {
  return `select file as path, count(*) as n from ${rejectsTable}
where load_id = ${literal(loadId)} and source = ${literal(table.source.name)}
group by file`;
}

/**
 * Keeps the records whose keys come with other values in the same file.
 *
 * @param conflicts the quoted name of a table with `_file` and the columns of the key
 */
export function rejectConflicting(
  tables: StagedTables,
  table: RawTable,
  files: ShapeReading,
  conflicts: string,
  request: RejectsRequest,
): string {
  const { key } = table.source;
  const names = key.join(', ');
  const values = columnValues(files.reading).filter(([column]) => key.some((name) => quote(name) === column));
  const columns = key.map(quote).join(', ');
  const texts = key.map((name) => `cast(${quote(name)} as varchar)`);
  const keyText = texts.join(` || ', ' || `);
  return `${intoRejects(request)}
${recordsSql(tables, tables.lines, files)}, keyed as (
  select path, line, text, ${values.map(([column, value]) => `${value} as ${column}`).join(', ')}
  from records where fault is null
)
select ${originOf(table, request)}, path, line, ${literal(names)},
  ${literal(`The key ${names} = `)} || ${keyText} || ${literal(' comes with other values in the same file.')},
  ${RAW_TEXT}
from keyed
where (path, ${columns}) in (select ${quote(provenanceColumns.file)}, ${columns} from ${conflicts})`;
}

function intoRejects({ rejectsTable }: RejectsRequest): string {
  return `insert into ${rejectsTable} (load_id, source, file, line, column_name, reason, raw)`;
}

function originOf({ source }: RawTable, { loadId }: RejectsRequest): string {
  return `${literal(loadId)}, ${literal(source.name)}`;
}
