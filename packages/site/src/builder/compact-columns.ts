import { type Columns, formatLiteral, quoteIdentifier, type Session } from '@matinee/core';

/** Texts that take so many values at most are carried as numbers, which browsers read without making texts. */
const MOST_VALUES = 250;

interface CompactColumns {
  /** DuckDB's expressions for columns that are carried otherwise than they are stored. */
  readonly expressions: Readonly<Record<string, string>>;
  /** By column: the texts that its numbers stand for, in the order of JavaScript. */
  readonly values: Readonly<Record<string, readonly string[]>>;
  /** Columns whose file holds twice the number. */
  readonly halved: readonly string[];
}

/**
 * How columns are carried to browsers. Whole numbers that fit into 32 bits are read into typed arrays; larger ones become doubles, which
 * browsers count with. Doubles that are halves, as stars are, become twice the number; texts of few values their places in a list.
 */
export async function compactColumns(
  session: Session,
  query: string,
  columns: Columns,
  quote: (name: string) => string,
): Promise<CompactColumns> {
  const names = Object.keys(columns);
  const whole = names.filter((name) => columns[name]?.type === 'int');
  const doubles = names.filter((name) => columns[name]?.type === 'double');
  const texts = names.filter((name) => columns[name]?.type === 'text');
  const expressions: Record<string, string> = {};
  const values: Record<string, readonly string[]> = {};
  const halved: string[] = [];
  const bounds = [
    ...whole.flatMap((name, index) => [
      `min(${quote(name)}) as low_${index}`,
      `max(${quote(name)}) as high_${index}`,
    ]),
    ...doubles.map(
      (name, index) =>
        `max(case when ${quote(name)} is null or abs(${quote(name)}) < 1e9 and ${quote(name)} * 2 = round(${quote(name)} * 2) then 0 else 1 end) as other_${index}`,
    ),
    ...texts.map((name, index) => `count(distinct ${quote(name)}) as values_${index}`),
  ];
  if (bounds.length === 0) return { expressions, values, halved };
  const [found = {}] = await session.query(`select ${bounds.join(', ')} from (${query}) as bounded`);
  for (const [index, name] of whole.entries()) {
    const [low, high] = [Number(found[`low_${index}`]), Number(found[`high_${index}`])];
    const type = low >= -(2 ** 31) && high < 2 ** 31 ? 'integer' : 'double';
    expressions[name] = `cast(${quoteIdentifier(name, 'duckdb')} as ${type})`;
  }
  for (const [index, name] of doubles.entries()) {
    if (found[`other_${index}`] === null || Number(found[`other_${index}`]) !== 0) continue;
    halved.push(name);
    expressions[name] = `cast(${quoteIdentifier(name, 'duckdb')} * 2 as integer)`;
  }
  for (const [index, name] of texts.entries()) {
    if (Number(found[`values_${index}`]) > MOST_VALUES) continue;
    const rows = await session.query(
      `select distinct ${quote(name)} as value from (${query}) as listed where ${quote(name)} is not null`,
    );
    const list = rows.map(({ value }) => String(value)).sort();
    const literals = list.map((value) => formatLiteral(value, 'duckdb')).join(', ');
    values[name] = list;
    expressions[name] =
      `cast(list_position(cast([${literals}] as varchar[]), cast(${quoteIdentifier(name, 'duckdb')} as varchar)) - 1 as integer)`;
  }
  return { expressions, values, halved };
}
