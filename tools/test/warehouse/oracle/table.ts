export type Cell = number | bigint | string | null;

export type ColumnType = 'int' | 'double' | 'text' | 'date' | 'timestamp';

/** What a relation of the warehouse should be. Times are UTC text, `YYYY-MM-DD HH:MM:SS`. */
export interface ExpectedTable {
  readonly schema: string;
  readonly name: string;
  readonly kind: 'table' | 'view';
  readonly columns: Readonly<Record<string, ColumnType>>;
  readonly rows: readonly (readonly Cell[])[];
}

/** Names a relation and lines the cells of its rows up with its columns. */
export function expectedTable<const C extends Record<string, ColumnType>>(
  name: `${string}.${string}`,
  kind: 'table' | 'view',
  columns: C,
  rows: Iterable<Readonly<Record<keyof C & string, Cell>>>,
): ExpectedTable {
  const [schema = '', table = ''] = name.split('.');
  const names = Object.keys(columns) as (keyof C & string)[];
  return {
    schema,
    name: table,
    kind,
    columns,
    rows: Array.from(rows, (row) => names.map((column) => row[column])),
  };
}
