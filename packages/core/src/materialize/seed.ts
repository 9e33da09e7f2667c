import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { sqlType } from '../adapters/column-types.js';
import { messageOf, NodeError } from '../errors.js';
import type { Column } from '../nodes/column.js';
import type { DataType } from '../nodes/data-type.js';
import type { Seed } from '../nodes/seed.js';
import { isCalendarText } from '../sql/calendar.js';
import type { Dialect } from '../sql/dialect.js';
import { quoteIdentifier } from '../sql/identifier.js';
import { formatLiteral } from '../sql/literal.js';
import { createOrReplace, type TableOptions } from './table.js';

export interface SeedOptions extends Pick<TableOptions, 'grantsOf'> {
  /** Default true. */
  readonly withRows?: boolean;
}

const ROWS_PER_STATEMENT = 1000;

/**
 * Statements that build a seed's table from its file, or without its rows. Empty fields are null, except in text columns that are not nullable.
 *
 * @throws NodeError SEED_FILE, SEED_HEADER, SEED_VALUE with file and line.
 */
export function createSeed(
  name: string,
  seed: Seed,
  dialect: Dialect,
  { withRows = true, grantsOf }: SeedOptions = {},
): readonly string[] {
  const columns = Object.entries(seed.columns);
  const definitions = columns.map(
    ([column, { type }]) => `${quoteIdentifier(column, dialect)} ${sqlType(type, dialect)}`,
  );
  const rows = readSeed(seed).map(
    (row) => `(${columns.map(([column, type]) => literal(seed, row, column, type, dialect)).join(', ')})`,
  );
  const inserts: string[] = [];
  for (let start = 0; start < rows.length; start += ROWS_PER_STATEMENT) {
    inserts.push(
      `insert into ${name} values\n  ${rows.slice(start, start + ROWS_PER_STATEMENT).join(',\n  ')}`,
    );
  }
  const copied = dialect === 'snowflake' && grantsOf !== undefined;
  return [
    ...(copied ? [`${createOrReplace(dialect)} ${name} like ${grantsOf} copy grants`] : []),
    `${createOrReplace(dialect)} ${name} (${definitions.join(', ')})${copied ? ' copy grants' : ''}`,
    ...(withRows ? inserts : []),
  ];
}

export interface SeedRow {
  readonly record: Readonly<Record<string, string>>;
  readonly info: { readonly lines: number };
}

/** The text of the seed's file. @throws NodeError SEED_FILE. */
export function readSeedText(seed: Seed): string {
  try {
    return readFileSync(seed.file, 'utf8');
  } catch (error) {
    throw fileError(seed, error);
  }
}

function fileError(seed: Seed, error: unknown): NodeError {
  const { lines } = error as { readonly lines?: number };
  return new NodeError('SEED_FILE', `The file of seed '${seed.name}' cannot be read: ${messageOf(error)}`, {
    location: { file: seedFile(seed), ...(lines !== undefined && { line: lines }) },
    cause: error,
  });
}

/** The records of the seed's file with the line each ends on. @throws NodeError SEED_FILE, SEED_HEADER. */
export function readSeed(seed: Seed): readonly SeedRow[] {
  const file = seedFile(seed);
  const text = readSeedText(seed);
  let rows: readonly SeedRow[];
  let header: readonly string[] = [];
  try {
    rows = parse(text, {
      bom: true,
      info: true,
      skip_empty_lines: true,
      columns: (names: string[]) => {
        header = names;
        return names;
      },
    }) as unknown as readonly SeedRow[];
  } catch (error) {
    throw fileError(seed, error);
  }
  const expected = Object.keys(seed.columns);
  if (expected.slice().sort().join() !== header.slice().sort().join()) {
    throw new NodeError(
      'SEED_HEADER',
      `The header is '${header.join(',')}', declared are '${expected.join(',')}'.`,
      {
        location: { file, line: 1 },
        hint: `Bring the file and the columns of '${seed.name}' together.`,
      },
    );
  }
  return rows;
}

/** The file as it is called in the sources. */
export function seedFile(seed: Seed): string {
  return fileURLToPath(seed.file);
}

const VALID: Record<DataType, RegExp> = {
  int: /^-?\d+$/,
  double: /^-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i,
  text: /^/,
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  date: /^\d{4}-\d\d-\d\d$/,
  timestamp: /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d{1,6})?$/,
  boolean: /^(true|false)$/i,
};

function isValid(value: string, type: DataType): boolean {
  if (!VALID[type].test(value)) return false;
  if (type === 'int') return BigInt.asIntN(64, BigInt(value)) === BigInt(value);
  return (type !== 'date' && type !== 'timestamp') || isCalendarText(value);
}

function literal(
  seed: Seed,
  { record, info }: SeedRow,
  name: string,
  column: Column,
  dialect: Dialect,
): string {
  const value = record[name] ?? '';
  if (value === '' && (column.type !== 'text' || column.isNullable)) return 'null';
  if (!isValid(value, column.type)) {
    throw new NodeError('SEED_VALUE', `'${value}' in column '${name}' is no ${column.type}.`, {
      location: { file: seedFile(seed), line: info.lines },
    });
  }
  if (column.type === 'int' || column.type === 'double' || column.type === 'boolean') return value;
  return formatLiteral(value, dialect);
}
