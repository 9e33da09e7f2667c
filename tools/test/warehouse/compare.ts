import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { Cell, ColumnType, ExpectedTable } from './oracle/table.js';

/** Differences shown of one relation. */
const SHOWN = 5;

const engineTypes: Record<ColumnType, RegExp> = {
  int: /^BIGINT$/,
  double: /^DOUBLE$/,
  text: /^(VARCHAR|ENUM\(.*\))$/s,
  date: /^DATE$/,
  timestamp: /^TIMESTAMP$/,
};

/** A relation to compare: one without rows is compared by its columns only. */
export type Comparable = Omit<ExpectedTable, 'rows'> & Partial<Pick<ExpectedTable, 'rows'>>;

/** Opens a DuckDB file for reading, and closes it whatever happens. */
export function reading<T>(file: string, work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
  return opened(file, 'READ_ONLY', work);
}

/** The same for changing it. */
export function writing<T>(file: string, work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
  return opened(file, 'READ_WRITE', work);
}

async function opened<T>(
  file: string,
  access: string,
  work: (connection: DuckDBConnection) => Promise<T>,
): Promise<T> {
  const instance = await DuckDBInstance.create(file, { access_mode: access });
  const connection = await instance.connect();
  try {
    return await work(connection);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/**
 * All differences between a warehouse and what it should be, as sentences: schemas and relations (none missing, none
 * left over; schemas that begin with `_` are the tool's own), kinds, column names, types and order, and all rows.
 */
export async function compareWarehouse(
  connection: DuckDBConnection,
  expected: readonly Comparable[],
): Promise<string[]> {
  const differences = await compareRelations(connection, expected);
  for (const table of expected) {
    if (differences.includes(missing(table))) continue;
    const found = await compareColumns(connection, table);
    differences.push(...(found.length > 0 ? found : await compareTable(connection, table)));
  }
  return differences;
}

function describe({ kind, schema, name }: Comparable): string {
  return `${kind} ${schema}.${name}`;
}

function missing(table: Comparable): string {
  return `missing: ${describe(table)}`;
}

async function compareRelations(
  connection: DuckDBConnection,
  expected: readonly Comparable[],
): Promise<string[]> {
  const rows = await connection.runAndReadAll(
    `select case table_type when 'VIEW' then 'view' else 'table' end, table_schema, table_name
     from information_schema.tables
     where not starts_with(table_schema, '_')`,
  );
  const found = new Set(rows.getRows().map(([kind, schema, name]) => `${kind} ${schema}.${name}`));
  const wanted = new Set(expected.map(describe));
  return [
    ...expected.filter((table) => !found.has(describe(table))).map(missing),
    ...[...found].filter((relation) => !wanted.has(relation)).map((relation) => `left over: ${relation}`),
  ];
}

async function compareColumns(connection: DuckDBConnection, table: Comparable): Promise<string[]> {
  const rows = await connection.runAndReadAll(
    `select column_name, data_type
     from information_schema.columns
     where table_schema = $schema and table_name = $name and not starts_with(column_name, '_')
     order by ordinal_position`,
    { schema: table.schema, name: table.name },
  );
  const found = rows.getRows().map(([name, type]) => ({ name: String(name), type: String(type) }));
  const wanted = Object.entries(table.columns);
  const foundNames = found.map(({ name }) => name).join(', ');
  const wantedNames = wanted.map(([name]) => name).join(', ');
  if (foundNames !== wantedNames) {
    return [`${describe(table)} has the columns ${foundNames}, expected ${wantedNames}`];
  }
  return wanted.flatMap(([name, type], index) => {
    const actual = found[index]!.type;
    return engineTypes[type].test(actual)
      ? []
      : [`${describe(table)}: ${name} has the type ${actual}, expected ${type}`];
  });
}

async function compareTable(connection: DuckDBConnection, table: Comparable): Promise<string[]> {
  if (!table.rows) return [];
  const rows = await readRows(connection, `"${table.schema}"."${table.name}"`, table.columns);
  const types = Object.values(table.columns);
  return compareRows(sorted(rows, types), sorted(table.rows, types), Object.keys(table.columns)).map(
    (difference) => `${describe(table)}: ${difference}`,
  );
}

/** The rows of a relation or a query in brackets, as the oracle writes them. */
export async function readRows(
  connection: DuckDBConnection,
  from: string,
  columns: Readonly<Record<string, ColumnType>>,
): Promise<Cell[][]> {
  const cells = Object.entries(columns).map(([name, type]) =>
    type === 'int' || type === 'double' ? `"${name}"` : `cast("${name}" as varchar)`,
  );
  const result = await connection.runAndReadAll(`select ${cells.join(', ')} from ${from}`);
  return result.getRows() as Cell[][];
}

/** Rows in the order of all cells, doubles last and rounded: they differ in their last bits. */
export function sorted(
  rows: readonly (readonly Cell[])[],
  types: readonly ColumnType[],
): (readonly Cell[])[] {
  const isDouble = types.map((type) => type === 'double');
  const keyed = rows.map((row) => {
    let [key, doubles] = ['', ''];
    for (const [index, cell] of row.entries()) {
      if (isDouble[index]) doubles += `${Number(cell).toPrecision(6)}\u0000`;
      else key += `${cell}\u0000`;
    }
    return { row, key: key + doubles };
  });
  keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  return keyed.map(({ row }) => row);
}

/** Differences between two lists of rows in the same order; doubles are equal within 1e-9 of their size. */
export function compareRows(
  actual: readonly (readonly Cell[])[],
  expected: readonly (readonly Cell[])[],
  columns: readonly string[],
): string[] {
  const differences: string[] = [];
  if (actual.length !== expected.length) {
    differences.push(`${actual.length} rows, expected ${expected.length}`);
  }
  for (let index = 0; index < Math.min(actual.length, expected.length); index++) {
    if (differences.length >= SHOWN) break;
    const column = columns.findIndex((_, i) => !sameCell(actual[index]![i]!, expected[index]![i]!));
    if (column < 0) continue;
    differences.push(
      `${columns[column]} differs: [${actual[index]!.join(' | ')}], expected [${expected[index]!.join(' | ')}]`,
    );
  }
  return differences;
}

function sameCell(actual: Cell, expected: Cell): boolean {
  if (actual === null || expected === null) return actual === expected;
  if (typeof actual === 'string' || typeof expected === 'string') return actual === expected;
  if (typeof actual === 'bigint') return actual === BigInt(expected);
  const wanted = Number(expected);
  return Math.abs(actual - wanted) <= 1e-9 * Math.max(Math.abs(actual), Math.abs(wanted));
}
