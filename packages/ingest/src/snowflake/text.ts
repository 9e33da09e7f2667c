import { formatLiteral, quoteIdentifier } from '@matinee/core';

/** A text as a literal of Snowflake's. */
export function literal(text: string): string {
  return formatLiteral(text, 'snowflake');
}

export function quote(name: string): string {
  return quoteIdentifier(name, 'snowflake');
}

/** What takes the place of bytes that are no UTF-8. */
export const REPLACEMENT = '\ufffd';
