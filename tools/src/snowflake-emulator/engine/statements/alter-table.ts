import { castTo } from '../bind/coerce.js';
import { bindExpression } from '../bind/expression.js';
import { Scope } from '../bind/scope.js';
import { physicalName } from '../bind/typed.js';
import type { Table } from '../catalog/objects.js';
import { alreadyExists, compilationError, doesNotExist, notEmulated } from '../errors.js';
import type { DuckSession } from '../session.js';
import { type Address, shownAddress } from '../state.js';
import { Cursor } from '../syntax/cursor.js';
import { parseExpression } from '../syntax/parse-expression.js';
import { duckType } from '../types.js';
import { type ColumnDefinition, parseColumn } from './column-definitions.js';
import { parseClusterBy } from './create-table.js';
import { endStatement } from './end.js';
import { ifExists, ifNotExists, parseComment } from './properties.js';
import { type Statement, status } from './statement.js';

const DONE = status('Statement executed successfully.');

export const alterTable: Statement = async (cursor, session) => {
  const { current } = session;
  const conditional = ifExists(cursor);
  const address = current.address(cursor.qualifiedName());
  const table = current.find(address);
  const work = parseChange(cursor, session, address);
  endStatement(cursor);
  if (!table && conditional) return session.ddl([], async () => DONE);
  if (table?.kind !== 'table') throw doesNotExist('Table', shownAddress(address));
  return session.ddl([table.physical], async () => {
    await work(table);
    return DONE;
  });
};

type Change = (table: Table) => Promise<void> | void;

function parseChange(cursor: Cursor, session: DuckSession, address: Address): Change {
  const { current } = session;
  if (cursor.accept('RENAME', 'TO')) {
    const given = cursor.qualifiedName();
    // what the new name leaves out is the session's, not the table's
    const to = current.address(given);
    return (table) => {
      if (current.find(to)) throw alreadyExists(shownAddress(to));
      current.schemaOf(to);
      current.remove(address);
      current.put(to, table);
    };
  }
  if (cursor.accept('SWAP', 'WITH')) {
    const other = current.address(cursor.qualifiedName());
    return (table) => {
      const swapped = current.find(other);
      if (swapped?.kind !== 'table') throw doesNotExist('Table', shownAddress(other));
      if ((swapped.durability === 'temporary') !== (table.durability === 'temporary'))
        throw compilationError(
          '001470',
          '0A000',
          'A temporary table cannot be swapped with one that is not.',
        );
      current.put(address, swapped);
      current.put(other, table);
    };
  }
  if (cursor.accept('CLUSTER', 'BY')) {
    const by = parseClusterBy(cursor);
    return (table) => {
      table.clusterBy = by;
    };
  }
  if (cursor.accept('DROP', 'CLUSTERING', 'KEY'))
    return (table) => {
      table.clusterBy = '';
    };
  if (cursor.sees('SET', 'COMMENT')) {
    cursor.next();
    const comment = parseComment(cursor) ?? '';
    return (table) => {
      table.comment = comment;
    };
  }
  if (cursor.accept('UNSET', 'COMMENT'))
    return (table) => {
      table.comment = '';
    };
  if (cursor.accept('ADD')) return parseAdd(cursor, session);
  if (cursor.accept('RENAME', 'COLUMN')) return parseRenameColumn(cursor);
  if (cursor.accept('DROP')) return parseDropColumns(cursor, session);
  if (cursor.accept('ALTER') || cursor.accept('MODIFY')) return parseAlterColumn(cursor, session);
  throw notEmulated(`ALTER TABLE … ${cursor.peek().text.toUpperCase()}`, cursor.peek());
}

function parseAdd(cursor: Cursor, session: DuckSession): Change {
  for (const word of ['CONSTRAINT', 'PRIMARY', 'UNIQUE', 'FOREIGN', 'SEARCH', 'ROW'])
    if (cursor.sees(word)) throw notEmulated(`ALTER TABLE … ADD ${word}`, cursor.peek());
  cursor.accept('COLUMN');
  const added = cursor.list(() => ({ conditional: ifNotExists(cursor), column: parseColumn(cursor) }));
  return async (table) => {
    for (const { conditional, column } of added) {
      if (table.columns.some(({ name }) => name === column.name)) {
        if (conditional) continue;
        throw compilationError('001430', '42601', `column '${column.name}' already exists`);
      }
      await addColumn(session, table, column);
    }
  };
}

async function addColumn(
  session: DuckSession,
  table: Table,
  { name, type, nullable, default: preset, comment }: ColumnDefinition,
): Promise<void> {
  if (!type) throw compilationError('002026', '42601', `Column '${name}' has no type`);
  const ordinal = Math.max(0, ...table.columns.map(({ physical }) => Number(/\d+/.exec(physical)?.[0]))) + 1;
  const physical = physicalName(ordinal, name);
  await session.run(`alter table ${table.physical} add column ${physical} ${duckType(type)}`);
  if (preset !== undefined)
    await session.run(`update ${table.physical} set ${physical} = ${defaultSql(session, preset, type)}`);
  if (!nullable) await session.run(`alter table ${table.physical} alter column ${physical} set not null`);
  table.columns = [...table.columns, { name, type, nullable, default: preset, comment, physical }];
}

/** What a column has where nothing is given for it. */
export function defaultSql(
  session: DuckSession,
  preset: string | undefined,
  type: Table['columns'][number]['type'],
): string {
  if (preset === undefined) return `cast(null as ${duckType(type)})`;
  return castTo(
    bindExpression(parseExpressionText(preset), new Scope([]), session.bindContext()),
    type,
    'store',
  );
}

function parseExpressionText(text: string) {
  return parseExpression(new Cursor(text));
}

function parseRenameColumn(cursor: Cursor): Change {
  const from = cursor.name();
  cursor.expect('TO');
  const to = cursor.name();
  return (table) => {
    requireColumn(table, from);
    if (table.columns.some(({ name }) => name === to))
      throw compilationError('001430', '42601', `column '${to}' already exists`);
    table.columns = table.columns.map((column) => (column.name === from ? { ...column, name: to } : column));
  };
}

function requireColumn(table: Table, name: string) {
  const column = table.columns.find((one) => one.name === name);
  if (!column) throw compilationError('000904', '42000', `invalid identifier '${name}'`);
  return column;
}

function parseDropColumns(cursor: Cursor, session: DuckSession): Change {
  cursor.expect('COLUMN');
  const conditional = ifExists(cursor);
  const names = cursor.list(() => cursor.name());
  return async (table) => {
    for (const name of names) {
      if (conditional && !table.columns.some((column) => column.name === name)) continue;
      const { physical } = requireColumn(table, name);
      if (table.columns.length === 1)
        throw compilationError('002266', '0A000', 'The last column of a table cannot be dropped.');
      await session.run(`alter table ${table.physical} drop column ${physical}`);
      table.columns = table.columns.filter((column) => column.name !== name);
    }
  };
}

/** Changes of columns, one or a list. */
function parseAlterColumn(cursor: Cursor, session: DuckSession): Change {
  const list = () => cursor.list(() => parseColumnChange(cursor, session));
  const changes = cursor.seesOperator('(') ? cursor.bracketed(list) : list();
  return async (table) => {
    for (const change of changes) await change(table);
  };
}

function parseColumnChange(cursor: Cursor, session: DuckSession): Change {
  cursor.accept('COLUMN');
  const name = cursor.name();
  if (cursor.sees('COMMENT')) {
    const comment = parseComment(cursor);
    return (table) => {
      const column = requireColumn(table, name);
      table.columns = table.columns.map((one) => (one === column ? { ...one, comment } : one));
    };
  }
  const drops = cursor.accept('DROP', 'NOT', 'NULL');
  if (!drops && !cursor.accept('SET', 'NOT', 'NULL'))
    throw notEmulated(`ALTER COLUMN … ${cursor.peek().text.toUpperCase()}`, cursor.peek());
  return async (table) => {
    const column = requireColumn(table, name);
    await session.run(
      `alter table ${table.physical} alter column ${column.physical} ${drops ? 'drop' : 'set'} not null`,
    );
    table.columns = table.columns.map((one) => (one === column ? { ...one, nullable: drops } : one));
  };
}
