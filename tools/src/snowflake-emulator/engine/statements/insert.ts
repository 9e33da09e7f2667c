import { castTo } from '../bind/coerce.js';
import { bindExpression } from '../bind/expression.js';
import { bindQuery } from '../bind/query.js';
import { Scope } from '../bind/scope.js';
import type { Column } from '../catalog/objects.js';
import { compilationError, notEmulated } from '../errors.js';
import type { DuckSession } from '../session.js';
import type { Expression, Query } from '../syntax/ast.js';
import { parseQuery } from '../syntax/parse-query.js';
import { defaultSql } from './alter-table.js';
import { columnNamed, counts, targetOf } from './dml.js';
import { endStatement } from './end.js';
import { storedRows } from './new-table.js';
import { type Statement, TYPE_IDS } from './statement.js';

/** INSERT [OVERWRITE] INTO … VALUES or a query. Columns that are not named get their default. */
export const insert: Statement = async (cursor, session) => {
  const overwrite = cursor.accept('OVERWRITE');
  if (cursor.sees('ALL') || cursor.sees('FIRST'))
    throw notEmulated('INSERT into several tables', cursor.peek());
  cursor.expect('INTO');
  const name = cursor.qualifiedName();
  const isList =
    cursor.seesOperator('(') &&
    cursor.peek(1).value !== 'SELECT' &&
    cursor.peek(1).value !== 'WITH' &&
    cursor.peek(1).text !== '(';
  const listed = isList ? cursor.names() : undefined;
  const query = parseQuery(cursor);
  endStatement(cursor);

  const target = targetOf(session, name);
  const { table } = target;
  const columns = listed ? listed.map((column) => columnNamed(target, column, name)) : table.columns;
  const rows =
    query.body.type === 'values' && query.orderBy.length === 0
      ? valuesSql(session, query.body.rows, columns)
      : querySql(session, query, columns);
  const defaults = table.columns.filter(
    (column) => !columns.includes(column) && column.default !== undefined,
  );
  const into = [...columns, ...defaults].map(({ physical }) => physical).join(', ');
  const select =
    defaults.length === 0
      ? rows
      : `select *, ${defaults.map((column) => defaultSql(session, column.default, column.type)).join(', ')} from (${rows}) as rows`;
  if (session.request.describeOnly)
    return {
      rows: { ...counts({ 'number of rows inserted': 0 }), rows: [] },
      typeId: TYPE_IDS.insert,
      keeps: false,
    };
  const inserted = await session.dml(table.physical, overwrite ? 'exclusive' : 'shared', async () => {
    if (overwrite) await session.run(`delete from ${table.physical}`);
    return session.run(`insert into ${table.physical} (${into}) ${select}`);
  });
  return { rows: counts({ 'number of rows inserted': inserted }), typeId: TYPE_IDS.insert };
};

function mismatch(expected: number, got: number): Error {
  return compilationError(
    '002020',
    '21S01',
    `Insert value list does not match column list expecting ${expected} but got ${got}`,
  );
}

function querySql(session: DuckSession, query: Query, columns: readonly Column[]): string {
  const bound = bindQuery(query, undefined, session.bindContext());
  if (bound.columns.length !== columns.length) throw mismatch(columns.length, bound.columns.length);
  return storedRows(bound, columns);
}

/** Each value goes into its column's type by itself. Bound arrays make as many rows as they are long. */
function valuesSql(
  session: DuckSession,
  rows: readonly (readonly Expression[])[],
  columns: readonly Column[],
): string {
  const lengths = session.request.binds.map(({ value }) => (Array.isArray(value) ? value.length : 1));
  const times = Math.max(1, ...lengths);
  const context = session.bindContext();
  const scope = new Scope([]);
  const lines: string[] = [];
  for (session.bindRow = 0; session.bindRow < times; session.bindRow++)
    for (const row of rows) {
      if (row.length !== columns.length) throw mismatch(columns.length, row.length);
      const values = row.map((value, index) => {
        const { type, default: preset } = columns[index]!;
        return value.type === 'default'
          ? defaultSql(session, preset, type)
          : castTo(bindExpression(value, scope, context), type, 'store', value);
      });
      lines.push(`(${values.join(', ')})`);
    }
  session.bindRow = 0;
  return `select * from (values ${lines.join(', ')}) as given`;
}
