import type { Cursor } from '../syntax/cursor.js';

/** The value of a property: a string, word, number, or list of strings in brackets. */
export type PropertyValue = string | readonly string[] | Properties;
export interface Properties extends ReadonlyMap<string, PropertyValue> {}

/** `name = value name = (…)` for as long as they come. Words are in upper case. */
export function parseProperties(cursor: Cursor): Properties {
  const properties = new Map<string, PropertyValue>();
  while (cursor.peek().kind === 'name' && cursor.seesOperator('=', 1)) {
    const name = cursor.name();
    cursor.expectOperator('=');
    properties.set(name, parseValue(cursor));
    cursor.acceptOperator(',');
  }
  return properties;
}

function parseValue(cursor: Cursor): PropertyValue {
  if (!cursor.seesOperator('(')) {
    const sign = cursor.acceptOperator('-') ? '-' : '';
    const token = cursor.next();
    if (token.kind === 'string' || token.kind === 'number') return sign + token.value;
    if (token.kind !== 'name' && token.kind !== 'quoted') throw cursor.unexpected();
    return cursor.acceptOperator('.') ? `${token.value}.${parseValue(cursor)}` : token.value;
  }
  return cursor.bracketed((): PropertyValue => {
    if (cursor.seesOperator(')')) return [];
    if (cursor.peek().kind === 'name' && cursor.seesOperator('=', 1)) return parseProperties(cursor);
    return cursor.list(() => (cursor.peek().kind === 'string' ? cursor.string() : cursor.name()));
  });
}

/** IF NOT EXISTS */
export const ifNotExists = (cursor: Cursor): boolean => cursor.accept('IF', 'NOT', 'EXISTS');
/** IF EXISTS */
export const ifExists = (cursor: Cursor): boolean => cursor.accept('IF', 'EXISTS');

/** COMMENT = '…' */
export function parseComment(cursor: Cursor): string | undefined {
  if (!cursor.accept('COMMENT')) return undefined;
  cursor.acceptOperator('=');
  return cursor.string();
}
