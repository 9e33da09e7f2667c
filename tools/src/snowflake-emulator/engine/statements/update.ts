import { castTo } from '../bind/coerce.js';
import { bindExpression } from '../bind/expression.js';
import { bindFrom } from '../bind/from.js';
import { Scope } from '../bind/scope.js';
import type { Expression } from '../syntax/ast.js';
import type { Cursor } from '../syntax/cursor.js';
import { parseExpression } from '../syntax/parse-expression.js';
import { parseFrom } from '../syntax/parse-from.js';
import { implicitAlias } from '../syntax/parse-select.js';
import { BOOLEAN } from '../types.js';
import { columnNamed, counts, targetOf, targetScope } from './dml.js';
import { endStatement } from './end.js';
import { type Statement, TYPE_IDS } from './statement.js';

/** UPDATE … SET … FROM … WHERE. Of several rows that match one of the table any may win, as in Snowflake. */
export const update: Statement = async (cursor, session) => {
  const name = cursor.qualifiedName();
  const alias = cursor.accept('AS') ? cursor.name() : implicitAlias(cursor);
  cursor.expect('SET');
  const assignments = cursor.list(() => parseAssignment(cursor));
  const from = cursor.accept('FROM') ? parseFrom(cursor) : undefined;
  const where = cursor.accept('WHERE') ? parseExpression(cursor) : undefined;
  endStatement(cursor);

  const target = targetOf(session, name);
  const context = session.bindContext();
  const own = targetScope(target, alias, 'target');
  const bound = from && bindFrom(from, undefined, context);
  const scope = new Scope([own, ...(bound?.relations ?? [])], undefined, bound?.merged);
  const sets = assignments.map(({ column, value }) => {
    const { physical, type } = columnNamed(target, column, name);
    return `${physical} = ${castTo(bindExpression(value, scope, context), type, 'store', value)}`;
  });
  const condition = where ? ` where ${castTo(bindExpression(where, scope, context), BOOLEAN)}` : '';
  const sql = `update ${target.table.physical} as target set ${sets.join(', ')}${bound ? ` from ${bound.sql}` : ''}${condition}`;
  const updated = await session.dml(target.table.physical, 'exclusive', () => session.run(sql));
  return {
    rows: counts({ 'number of rows updated': updated, 'number of multi-joined rows updated': 0 }),
    typeId: TYPE_IDS.update,
  };
};

export interface Assignment {
  readonly column: string;
  readonly value: Expression;
}

/** `column = value`, the column with the table's name before it or without. */
export function parseAssignment(cursor: Cursor): Assignment {
  const column = cursor.qualifiedName().parts.at(-1)!;
  cursor.expectOperator('=');
  return { column, value: parseExpression(cursor) };
}
