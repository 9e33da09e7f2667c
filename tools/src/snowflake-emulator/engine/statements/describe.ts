import { doesNotExist, notEmulated } from '../errors.js';
import { shownAddress } from '../state.js';
import { isTimestamp, type SqlType, text, typeName } from '../types.js';
import { endStatement } from './end.js';
import { type Statement, TYPE_IDS } from './statement.js';

const NAMES = [
  'name',
  'type',
  'kind',
  'null?',
  'default',
  'primary key',
  'unique key',
  'check',
  'expression',
  'comment',
  'policy name',
];

/** DESCRIBE TABLE and VIEW. */
export const describe: Statement = async (cursor, session) => {
  const { current } = session;
  const kind = cursor.accept('TABLE') ? 'Table' : cursor.accept('VIEW') ? 'View' : undefined;
  if (!kind) throw notEmulated(`DESCRIBE ${cursor.peek().text.toUpperCase()}`, cursor.peek());
  const address = current.address(cursor.qualifiedName());
  endStatement(cursor);
  const relation = current.find(address);
  if (!relation) throw doesNotExist(kind, shownAddress(address));
  const rows = relation.columns.map((column) => [
    column.name,
    typeName(column.type),
    'COLUMN',
    'nullable' in column && !column.nullable ? 'N' : 'Y',
    ('default' in column ? column.default : undefined) ?? null,
    'N',
    'N',
    null,
    null,
    column.comment ?? null,
    null,
  ]);
  return {
    rows: { columns: NAMES.map((name) => ({ name, type: text() })), rows },
    typeId: TYPE_IDS.describe,
  };
};

/** `data_type` of SHOW COLUMNS: JSON. */
export function columnDataType(column: { readonly type: SqlType; readonly nullable?: boolean }): string {
  const { type } = column;
  const nullable = column.nullable ?? true;
  if (type.type === 'number')
    return JSON.stringify({ type: 'FIXED', precision: type.precision, scale: type.scale, nullable });
  if (type.type === 'float') return JSON.stringify({ type: 'REAL', nullable });
  if (type.type === 'text' || type.type === 'binary')
    return JSON.stringify({
      type: type.type.toUpperCase(),
      length: type.length,
      byteLength: type.length,
      nullable,
      fixed: false,
    });
  if (isTimestamp(type) || type.type === 'time')
    return JSON.stringify({ type: type.type.toUpperCase(), precision: 0, scale: type.scale, nullable });
  return JSON.stringify({ type: type.type.toUpperCase(), nullable });
}
