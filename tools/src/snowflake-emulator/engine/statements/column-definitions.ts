import { notEmulated } from '../errors.js';
import type { Cursor } from '../syntax/cursor.js';
import { parseExpression } from '../syntax/parse-expression.js';
import { parseType } from '../syntax/parse-type.js';
import type { SqlType } from '../types.js';
import { parseComment } from './properties.js';

export interface ColumnDefinition {
  readonly name: string;
  /** Undefined where only the name is given, before AS. */
  readonly type: SqlType | undefined;
  readonly nullable: boolean;
  readonly default: string | undefined;
  readonly comment: string | undefined;
}

const OF_TABLES = new Set(['PRIMARY', 'UNIQUE', 'FOREIGN', 'CONSTRAINT']);

/** `(a number not null, b varchar default 'x', primary key (a))`. Keys are read, and not enforced: as in Snowflake. */
export function parseColumns(cursor: Cursor): readonly ColumnDefinition[] {
  return cursor
    .bracketed(() =>
      cursor.list(() => (cursor.seesOneOf(OF_TABLES) ? skipConstraint(cursor) : parseColumn(cursor))),
    )
    .filter((column) => column !== undefined);
}

export function parseColumn(cursor: Cursor): ColumnDefinition {
  const name = cursor.name();
  const type = cursor.seesOperator(',') || cursor.seesOperator(')') ? undefined : parseType(cursor);
  let [nullable, preset, comment]: [boolean, string | undefined, string | undefined] = [
    true,
    undefined,
    undefined,
  ];
  while (
    !cursor.seesOperator(',') &&
    !cursor.seesOperator(')') &&
    !cursor.seesOperator(';') &&
    !cursor.atEnd()
  ) {
    if (cursor.accept('NOT', 'NULL')) nullable = false;
    else if (cursor.accept('NULL')) nullable = true;
    else if (cursor.accept('DEFAULT')) {
      const start = cursor.peek();
      parseExpression(cursor);
      preset = cursor.textFrom(start);
    } else if (cursor.sees('COMMENT')) comment = parseComment(cursor);
    else if (cursor.accept('PRIMARY', 'KEY')) nullable = false;
    else if (cursor.seesOneOf(OF_TABLES)) skipConstraint(cursor);
    else if (cursor.accept('COLLATE')) {
      if (cursor.string() !== '') throw notEmulated('COLLATE', cursor.peek());
    } else throw notEmulated(`${cursor.peek().text} in a column's definition`, cursor.peek());
  }
  return { name, type, nullable, default: preset, comment };
}

function skipConstraint(cursor: Cursor): undefined {
  if (cursor.accept('CONSTRAINT')) cursor.name();
  if (!cursor.accept('UNIQUE')) {
    if (!cursor.accept('FOREIGN')) cursor.accept('PRIMARY');
    cursor.expect('KEY');
  }
  if (cursor.seesOperator('(')) cursor.names();
  if (cursor.accept('REFERENCES')) {
    cursor.qualifiedName();
    if (cursor.seesOperator('(')) cursor.names();
  }
  return undefined;
}
