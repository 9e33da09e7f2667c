import { UsageError } from '../errors.js';
import type { Dialect } from './dialect.js';
import { type Renderable, type RenderContext, renderSql } from './renderable.js';

/** A JavaScript value that has an SQL literal. Dates are UTC timestamps without zone. */
export type LiteralValue = string | number | bigint | boolean | Date | null;

/** SQL text of a value, quoted for the dialect. @throws UsageError for NaN and infinities. */
export function formatLiteral(value: LiteralValue, dialect: Dialect): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return quoteText(value, dialect);
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (value instanceof Date) return `timestamp '${value.toISOString().slice(0, 23).replace('T', ' ')}'`;
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new UsageError('SQL_LITERAL', `${value} has no SQL literal.`);
  }
  return String(value);
}

function quoteText(value: string, dialect: Dialect): string {
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
