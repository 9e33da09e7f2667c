import type { BoundValue } from '../engine.js';
import { castTo, textLiteral } from './bind/coerce.js';
import type { BindContext, BoundRelation } from './bind/context.js';
import { bindQuery } from './bind/query.js';
import { literal, physicalName, quote, type Typed } from './bind/typed.js';
import type { View } from './catalog/objects.js';
import { compilationError, doesNotExist, notEmulated } from './errors.js';
import { asRelation } from './rows.js';
import type { DuckSession } from './session.js';
import { type Address, type SessionState, shownAddress } from './state.js';
import { Cursor } from './syntax/cursor.js';
import { parseQuery } from './syntax/parse-query.js';
import { BOOLEAN, DATE, FLOAT, number, type SqlType, TIME, text, timestamp } from './types.js';

/** What the queries of a session's statement know: its names, binds and context functions. */
export function sessionContext(
  session: DuckSession,
  database: string | null,
  schema: string | null,
): BindContext {
  const { current } = session;
  const names = Object.assign(Object.create(current) as SessionState, { database, schema });
  let aliases = 0;
  const context: BindContext = {
    ctes: new Map(),
    stage: undefined,
    lastQueryId: session.lastQueryId,
    nextAlias: () => String(++aliases),
    relation(name) {
      const address = names.address(name);
      const listing =
        address.schema === 'INFORMATION_SCHEMA' ? session.informationSchema(address) : undefined;
      if (listing) return listing;
      const relation = names.relation(name);
      const path = [address.database, address.schema, address.name];
      if (relation.kind === 'table') return { sql: relation.physical, path, columns: relation.columns };
      return bindView(relation, address, session, context);
    },
    bind(index) {
      const value = session.request.binds[index];
      if (!value) throw compilationError('002049', '42601', `Bind variable ?${index + 1} is not set.`);
      return boundValue(value, session.bindRow);
    },
    variable(name) {
      const value = current.variables.get(name);
      if (value === undefined)
        throw compilationError('002211', '02000', `Session variable '$${name}' does not exist`);
      return textLiteral(value);
    },
    contextFunction: (name) => contextFunction(name, session),
    viewDefinition(name) {
      const view = names.relation(name, 'View');
      if (view.kind !== 'view') throw doesNotExist('View', shownAddress(names.address(name)));
      const full = Object.values(names.address(name)).map(quote).join('.');
      return `create or replace view ${full}(\n\t${view.columns.map((column) => quote(column.name)).join(',\n\t')}\n) as ${view.query};`;
    },
    resultOf(queryId) {
      const rows = session.results.get(queryId);
      if (!rows) throw compilationError('000709', '02000', `Statement ${queryId} not found`);
      return asRelation(rows);
    },
  };
  return context;
}

/** A view in the place where it stands: its query, bound in the view's own schema. */
function bindView(view: View, address: Address, session: DuckSession, context: BindContext): BoundRelation {
  const own = sessionContext(session, view.database, view.schema);
  const bound = bindQuery(parseQuery(new Cursor(view.query)), undefined, {
    ...own,
    nextAlias: context.nextAlias,
  });
  if (bound.columns.length !== view.columns.length)
    throw compilationError(
      '002057',
      '42601',
      `View definition for '${shownAddress(address)}' declared ${view.columns.length} column(s), but view query produces ${bound.columns.length} column(s).`,
    );
  const columns = bound.columns.map(({ name, type }, index) => ({
    name: view.columns[index]!.name,
    type,
    physical: physicalName(index + 1, name),
  }));
  return { sql: `(${bound.sql})`, path: [address.database, address.schema, address.name], columns };
}

const BIND_TYPES: Readonly<Record<string, SqlType>> = {
  REAL: FLOAT,
  TEXT: text(),
  BOOLEAN,
  DATE,
  TIME,
  TIMESTAMP_NTZ: timestamp(),
  TIMESTAMP_LTZ: timestamp('timestamp_ltz'),
};

/** Times come as numbers: nanoseconds, dates as milliseconds since 1970. */
export function boundValue({ type, value }: BoundValue, row: number): Typed {
  const given = typeof value === 'string' || value === null ? value : (value[row] ?? null);
  const kind = type.toUpperCase();
  const to = kind === 'FIXED' ? fixedType(given) : BIND_TYPES[kind];
  if (!to) throw notEmulated(`a bound value of type ${type}`);
  if (given === null) return { sql: castTo({ sql: 'null', type: { type: 'null' } }, to), type: to };
  if (kind === 'TEXT') return textLiteral(given);
  if (/^-?\d+$/.test(given) && kind === 'DATE')
    return { sql: `cast(make_timestamp(${BigInt(given) * 1000n}) as date)`, type: to };
  if (/^-?\d+$/.test(given) && kind.startsWith('TIMESTAMP'))
    return { sql: `make_timestamp(${BigInt(given) / 1000n})`, type: to };
  if (/^-?\d+$/.test(given) && kind === 'TIME')
    return { sql: `cast(make_timestamp(${BigInt(given) / 1000n}) as time)`, type: to };
  return { sql: castTo(textLiteral(given), to), type: to };
}

function fixedType(given: string | null): SqlType {
  const fraction = given?.split('.')[1] ?? '';
  return number(38, fraction.length);
}

function contextFunction(name: string, session: DuckSession): Typed | undefined {
  const { current, options } = session;
  const named = (value: string | null): Typed => ({
    sql: value === null ? 'cast(null as varchar)' : literal(value),
    type: text(),
  });
  const now = (type: SqlType): Typed => {
    if (current.parameter('TIMEZONE') !== 'UTC')
      throw notEmulated(`${name} while the session's TIMEZONE is not UTC`);
    return {
      sql: castTo(
        { sql: `make_timestamp(${BigInt(session.now().getTime()) * 1000n})`, type: timestamp() },
        type,
      ),
      type,
    };
  };
  switch (name) {
    case 'CURRENT_DATABASE':
      return named(current.database);
    case 'CURRENT_SCHEMA':
      return named(current.schema);
    case 'CURRENT_WAREHOUSE':
      return named(current.warehouse);
    case 'CURRENT_ROLE':
      return named(current.role);
    case 'CURRENT_USER':
      return named(session.user);
    case 'CURRENT_ACCOUNT':
      return named('EMULATOR');
    case 'CURRENT_ACCOUNT_NAME':
      return named('EMULATOR');
    case 'CURRENT_ORGANIZATION_NAME':
      return named('EMULATOR');
    case 'CURRENT_REGION':
      return named('EMULATOR');
    case 'CURRENT_SESSION':
      return named(session.id);
    case 'CURRENT_TRANSACTION':
      return named(session.isInTransaction ? session.id : null);
    case 'CURRENT_VERSION':
      return named(options.version ?? '9.0.0');
    case 'CURRENT_TIMESTAMP':
    case 'GETDATE':
    case 'SYSDATE':
    case 'LOCALTIMESTAMP':
      return name === 'SYSDATE'
        ? { ...now(timestamp()), type: timestamp() }
        : now(timestamp('timestamp_ltz'));
    case 'CURRENT_DATE':
      return now(DATE);
    case 'CURRENT_TIME':
      return now(TIME);
    default:
      return undefined;
  }
}
