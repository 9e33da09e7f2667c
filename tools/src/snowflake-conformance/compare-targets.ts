import type { DuckDBConnection } from '@duckdb/node-api';
import type { OutsideConnection, TextRow } from './outside-connection.js';

/** Doubles are the same within this share of their size: sums that run in parallel differ in the last bits. */
const TOLERANCE = 1e-9;

/** A table or view of both targets. */
export interface ComparedRelation {
  readonly relation: string;
  readonly rows: number;
  /** Differences as sentences, the first few. */
  readonly differences: readonly string[];
}

interface Column {
  readonly name: string;
  readonly isDouble: boolean;
}

/**
 * Compares every table and view that a DuckDB target publishes, row by row, with the one of the same name on Snowflake. What names
 * its run differs from build to build and is left out: columns that begin with `_`, and the times and ids of histories.
 *
 * @param isWanted whether a schema is compared, by its name without the prefix
 */
export async function compareTargets(
  duckdb: DuckDBConnection,
  snowflake: OutsideConnection,
  schemaPrefix: string,
  isWanted: (schema: string) => boolean = () => true,
): Promise<readonly ComparedRelation[]> {
  const result = await duckdb.runAndReadAll(
    `select table_schema, table_name, list(column_name order by ordinal_position), list(data_type order by ordinal_position)
     from information_schema.columns
     where not starts_with(table_schema, '_') and not starts_with(column_name, '_')
       and column_name not in ('scd_id', 'updated_at', 'valid_from', 'valid_to')
     group by all order by all`,
  );
  const compared: ComparedRelation[] = [];
  for (const row of result.getRowsJson()) {
    const [schema, name, columns, types] = row as [string, string, string[], string[]];
    if (!isWanted(schema)) continue;
    const list = columns.map((column, index) => ({ name: column, isDouble: types[index] === 'DOUBLE' }));
    const wanted = await duckdb.runAndReadAll(
      `select ${texts(list, (name) => `"${name}"`)} from "${schema}"."${name}"`,
    );
    const [upperSchema, upperName] = [`${schemaPrefix}${schema}`, name].map(
      (text) => `"${text.toUpperCase()}"`,
    );
    const found = await snowflake.rows(
      `select ${texts(list, (name) => `"${name.toUpperCase()}"`, "'TME'")} from ${upperSchema}.${upperName}`,
    );
    compared.push({
      relation: `${schema}.${name}`,
      rows: found.length,
      differences: differences(found, wanted.getRowsJson() as unknown as TextRow[], list),
    });
  }
  return compared;
}

function texts(columns: readonly Column[], quote: (name: string) => string, format?: string): string {
  return columns
    .map(({ name, isDouble }) =>
      isDouble && format ? `to_varchar(${quote(name)}, ${format})` : `cast(${quote(name)} as varchar)`,
    )
    .join(', ');
}

function differences(
  found: readonly TextRow[],
  wanted: readonly TextRow[],
  columns: readonly Column[],
): string[] {
  if (found.length !== wanted.length) return [`${found.length} rows, not ${wanted.length}`];
  const [ours, theirs] = [sorted(found, columns), sorted(wanted, columns)];
  const texts: string[] = [];
  for (const [index, row] of ours.entries()) {
    const other = theirs[index] ?? [];
    const column = columns.findIndex(
      ({ isDouble }, at) => !isSame(row[at] ?? null, other[at] ?? null, isDouble),
    );
    if (column >= 0) texts.push(`${columns[column]?.name}: (${row.join(', ')}), not (${other.join(', ')})`);
    if (texts.length === 3) break;
  }
  return texts;
}

/** By all columns, doubles last and rounded: their texts may differ. */
function sorted(rows: readonly TextRow[], columns: readonly Column[]): readonly TextRow[] {
  const keyed = rows.map((row) => ({
    row,
    key: [
      ...columns.map(({ isDouble }, at) => (isDouble ? '' : normal(row[at] ?? null))),
      ...columns.map(({ isDouble }, at) => (isDouble ? Number(row[at]).toPrecision(6) : '')),
    ].join('\0'),
  }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ row }) => row);
}

function isSame(one: string | null, other: string | null, isDouble: boolean): boolean {
  if (!isDouble || one === null || other === null) return normal(one) === normal(other);
  const [a, b] = [Number(one), Number(other)];
  return Math.abs(a - b) <= TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
}

/** Engines write the end of a timestamp differently: `12:00:00` and `12:00:00.000000`. */
function normal(text: string | null): string {
  if (text === null) return '\0null';
  return /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+$/.test(text) ? text.replace(/\.?0+$/, '') : text;
}
