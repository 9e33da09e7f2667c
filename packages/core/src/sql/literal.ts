import { UsageError } from '../errors.js';
import type { Dialect } from './dialect.js';
import { type Renderable, type RenderContext, renderSql } from './renderable.js';

/** A JavaScript value that has an SQL literal. Dates are UTC timestamps without zone. */
export type LiteralValue = string | number | bigint | boolean | Date | null;

/** SQL text of a value, quoted for the dialect. @throws UsageError for values that SQL cannot write: NaN, infinities, texts with a NUL. */
export function formatLiteral(value: LiteralValue, dialect: Dialect): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return quoteText(value, dialect);
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (value instanceof Date) return formatDate(value);
  return typeof value === 'number' ? formatNumber(value) : String(value);
}

/** Engines read digits with a point as a decimal, whose way to a double may lose the last bit; an exponent makes it a double. */
function formatNumber(value: number): string {
  if (!Number.isFinite(value)) throw noLiteral(String(value));
  const isExact = Number.isSafeInteger(value) || Number(value.toPrecision(15)) === value;
  return isExact ? String(value) : value.toExponential();
}

function formatDate(value: Date): string {
  const year = value.getUTCFullYear();
  if (!(year >= 1 && year <= 9999)) throw noLiteral(`A date of the year ${year}`);
  return `timestamp '${value.toISOString().slice(0, 23).replace('T', ' ')}'`;
}

function noLiteral(what: string): UsageError {
  return new UsageError('SQL_LITERAL', `${what} has no SQL literal.`);
}

function quoteText(value: string, dialect: Dialect): string {
  if (value.includes('\0')) throw noLiteral('A text with a NUL character');
  const doubled = value.replaceAll("'", "''");
  return `'${dialect === 'snowflake' ? doubled.replaceAll('\\', '\\\\') : doubled}'`;
}

export class Literal implements Renderable {
  readonly value: LiteralValue;

  constructor(value: LiteralValue) {
    this.value = value;
  }

  [renderSql](context: RenderContext): string {
    return formatLiteral(this.value, context.dialect);
  }
}

/** A value to interpolate into `sql` as a quoted literal: `lit('Low-Engagement')`. */
export function lit(value: LiteralValue): Literal {
  return new Literal(value);
}
