import { castTo } from '../bind/coerce.js';
import { bindExpression } from '../bind/expression.js';
import { bindFrom } from '../bind/from.js';
import { Scope } from '../bind/scope.js';
import { parseExpression } from '../syntax/parse-expression.js';
import { parseFrom } from '../syntax/parse-from.js';
import { implicitAlias } from '../syntax/parse-select.js';
import { BOOLEAN } from '../types.js';
import { counts, targetOf, targetScope } from './dml.js';
import { endStatement } from './end.js';
import { type Statement, TYPE_IDS } from './statement.js';

/** DELETE FROM … USING … WHERE */
export const deleteFrom: Statement = async (cursor, session) => {
  cursor.expect('FROM');
  const name = cursor.qualifiedName();
  const alias = cursor.accept('AS') ? cursor.name() : implicitAlias(cursor);
  const using = cursor.accept('USING') ? parseFrom(cursor) : undefined;
  const where = cursor.accept('WHERE') ? parseExpression(cursor) : undefined;
  endStatement(cursor);

  const target = targetOf(session, name);
  const context = session.bindContext();
  const bound = using && bindFrom(using, undefined, context);
  const scope = new Scope(
    [targetScope(target, alias, 'target'), ...(bound?.relations ?? [])],
    undefined,
    bound?.merged,
  );
  const condition = where ? ` where ${castTo(bindExpression(where, scope, context), BOOLEAN)}` : '';
  const sql = `delete from ${target.table.physical} as target${bound ? ` using ${bound.sql}` : ''}${condition}`;
  const deleted = await session.dml(target.table.physical, 'exclusive', () => session.run(sql));
  return { rows: counts({ 'number of rows deleted': deleted }), typeId: TYPE_IDS.delete };
};
