import { notEmulated } from '../errors.js';
import type { Expression, FromItem, QualifiedName } from '../syntax/ast.js';
import type { Cursor } from '../syntax/cursor.js';
import { parseExpression } from '../syntax/parse-expression.js';
import { parseFrom } from '../syntax/parse-from.js';
import { implicitAlias } from '../syntax/parse-select.js';
import { type Assignment, parseAssignment } from './update.js';

export interface Merge {
  readonly into: QualifiedName;
  readonly alias: string | undefined;
  readonly using: FromItem;
  readonly on: Expression;
  readonly clauses: readonly MergeClause[];
}

export type MergeClause = { readonly condition: Expression | undefined } & (
  | { readonly action: 'update'; readonly assignments: readonly Assignment[] }
  | { readonly action: 'delete' }
  | {
      readonly action: 'insert';
      readonly columns: readonly string[] | undefined;
      readonly values: readonly Expression[];
    }
);

export function parseMerge(cursor: Cursor): Merge {
  cursor.expect('INTO');
  const into = cursor.qualifiedName();
  const alias = cursor.accept('AS') ? cursor.name() : implicitAlias(cursor);
  cursor.expect('USING');
  const using = parseFrom(cursor);
  cursor.expect('ON');
  const on = parseExpression(cursor);
  const clauses: MergeClause[] = [];
  while (cursor.accept('WHEN')) {
    const matched = !cursor.accept('NOT');
    cursor.expect('MATCHED');
    if (cursor.sees('BY')) throw notEmulated('WHEN NOT MATCHED BY', cursor.peek());
    const condition = cursor.accept('AND') ? parseExpression(cursor) : undefined;
    cursor.expect('THEN');
    clauses.push({ condition, ...(matched ? parseMatched(cursor) : parseInsert(cursor)) });
  }
  if (clauses.length === 0) throw cursor.unexpected();
  return { into, alias, using, on, clauses };
}

function parseMatched(
  cursor: Cursor,
): { action: 'delete' } | { action: 'update'; assignments: readonly Assignment[] } {
  if (cursor.accept('DELETE')) return { action: 'delete' };
  cursor.expect('UPDATE');
  if (cursor.sees('ALL')) throw notEmulated('UPDATE ALL BY NAME', cursor.peek());
  cursor.expect('SET');
  return { action: 'update', assignments: cursor.list(() => parseAssignment(cursor)) };
}

function parseInsert(cursor: Cursor): {
  action: 'insert';
  columns: readonly string[] | undefined;
  values: readonly Expression[];
} {
  cursor.expect('INSERT');
  if (cursor.sees('ALL')) throw notEmulated('INSERT ALL BY NAME', cursor.peek());
  const columns = cursor.seesOperator('(')
    ? cursor.bracketed(() => cursor.list(() => cursor.qualifiedName().parts.at(-1)!))
    : undefined;
  cursor.expect('VALUES');
  return {
    action: 'insert',
    columns,
    values: cursor.bracketed(() => cursor.list(() => parseExpression(cursor))),
  };
}
