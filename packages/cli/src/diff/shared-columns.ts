import {
  type Columns,
  type DataType,
  type DescribedColumn,
  double,
  fits,
  type Namer,
  text,
  UsageError,
} from '@matinee/core';
import type { Side } from './side.js';

/** The columns that two tables have in common, called as on the left side. */
export interface SharedColumns {
  readonly columns: Columns;
  /** Columns of types that have nothing in common. */
  readonly asText: readonly string[];
  readonly onlyLeft: readonly string[];
  readonly onlyRight: readonly string[];
}

/** Finds columns by name, in whatever case. @throws UsageError NO_SHARED_COLUMNS. */
export function sharedColumns(left: Side, right: Side): SharedColumns {
  const pairs = left.columns.flatMap((column) => {
    const other = right.columns.find((candidate) => isSameName(candidate.name, column.name));
    return other ? [{ column, other }] : [];
  });
  if (pairs.length === 0) {
    throw new UsageError('NO_SHARED_COLUMNS', `${left.label} and ${right.label} have no column in common.`);
  }
  const without = (side: Side, other: Side) =>
    side.columns
      .map(({ name }) => name)
      .filter((name) => !other.columns.some((column) => isSameName(column.name, name)));
  return {
    // Of types, comparing asks only whether to put up with what rounding does to doubles.
    columns: Object.fromEntries(
      pairs.map(({ column, other }) => [column.name, isInexact(column, other) ? double() : text()]),
    ),
    asText: pairs.filter(({ column, other }) => !areAlike(column, other)).map(({ column }) => column.name),
    onlyLeft: without(left, right),
    onlyRight: without(right, left),
  };
}

/** A table to compare: its name, or a bracketed query if some columns are to be texts. */
export function comparable({ relation }: Side, { columns, asText }: SharedColumns, names: Namer): string {
  if (asText.length === 0) return relation;
  const list = Object.keys(columns).map((name) => {
    const quoted = names.quote(name);
    return asText.includes(name) ? `cast(${quoted} as varchar) as ${quoted}` : quoted;
  });
  return `(select ${list.join(', ')} from ${relation})`;
}

export function isSameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

const TYPES: readonly DataType[] = ['int', 'double', 'text', 'uuid', 'date', 'timestamp', 'boolean'];
/** Types between which the engine converts without loss of meaning. */
const KIN: readonly (readonly DataType[])[] = [
  ['int', 'double'],
  ['date', 'timestamp'],
];

function typeOf({ type }: DescribedColumn): DataType | undefined {
  return TYPES.find((candidate) => fits(type, candidate));
}

function areAlike(one: DescribedColumn, other: DescribedColumn): boolean {
  const [a, b] = [typeOf(one), typeOf(other)];
  if (a === undefined || b === undefined) return one.type === other.type;
  return a === b || KIN.some((kin) => kin.includes(a) && kin.includes(b));
}

function isInexact(one: DescribedColumn, other: DescribedColumn): boolean {
  const isDouble = typeOf(one) === 'double' || typeOf(other) === 'double';
  return isDouble && areAlike(one, other);
}
