import { compilationError } from '../errors.js';
import type { Expression } from '../syntax/ast.js';
import { unify } from './coerce.js';
import type { BindContext } from './context.js';
import { bindExpression } from './expression.js';
import type { Scope } from './scope.js';
import { type BoundQuery, physicalName } from './typed.js';

/** VALUES: columns COLUMN1, COLUMN2 … of the types that their values have in common. */
export function bindValues(
  rows: readonly (readonly Expression[])[],
  scope: Scope,
  context: BindContext,
): BoundQuery {
  const width = rows[0]?.length ?? 0;
  const bound = rows.map((row) => {
    if (row.length !== width)
      throw compilationError(
        '001039',
        '42601',
        'the rows of VALUES have different numbers of values',
        row[0],
      );
    return row.map((value) => bindExpression(value, scope, context));
  });
  const unified = Array.from({ length: width }, (_, index) =>
    unify(
      bound.map((row) => row[index]!),
      rows[0]?.[index],
    ),
  );
  const columns = unified.map(({ type }, index) => ({ name: `COLUMN${index + 1}`, type }));
  const lines = bound.map((_, row) => `(${unified.map(({ sqls }) => sqls[row]).join(', ')})`);
  const names = columns.map(({ name }, index) => physicalName(index + 1, name));
  return { columns, sql: `select * from (values ${lines.join(', ')}) as listed(${names.join(', ')})` };
}
