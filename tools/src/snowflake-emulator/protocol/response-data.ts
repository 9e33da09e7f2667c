/** The `data` of answers to query requests. */
import type { EngineSession, Result } from '../engine.js';
import type { Row } from './chunks.js';
import { DEFAULT_PARAMETERS, type Parameters, parameterList } from './parameters.js';
import { type Reply, succeeded } from './reply.js';
import { rowType } from './row-type.js';
import { encodeValue } from './values.js';

type Data = Readonly<Record<string, unknown>>;

/** @param realDigits of doubles, significant ones */
export function encodeRows({ columns, rows }: Result, realDigits: number): Row[] {
  return rows.map((row) =>
    columns.map((column, index) => encodeValue(column, row[index] ?? null, realDigits)),
  );
}

/** What a result says of itself beside its rows. */
export function resultData({ columns, statementTypeId }: Result, rowCount: number, binds: number): Data {
  return {
    rowtype: columns.map(rowType),
    total: rowCount,
    returned: rowCount,
    numberOfBinds: binds,
    arrayBindSupported: false,
    statementTypeId,
    version: 1,
    sendResultTime: Date.now(),
    queryResultFormat: 'json',
  };
}

/** Where the session now stands, and the parameters by which a driver reads values. */
export function sessionContext({ current }: EngineSession, parameters: Parameters): Data {
  const { database, schema, warehouse, role } = current;
  return {
    parameters: parameterList({ ...DEFAULT_PARAMETERS, ...parameters }),
    databaseProvider: null,
    finalDatabaseName: database,
    finalSchemaName: schema,
    finalWarehouseName: warehouse,
    finalRoleName: role,
  };
}

const CODES = { 'waited for': '333333', detached: '333334' } as const;

/** The answer for a statement that has not ended, and where to ask again. */
export function stillRunning(queryId: string, how: keyof typeof CODES): Reply {
  return { ...succeeded({ queryId, getResultUrl: `/queries/${queryId}/result` }), code: CODES[how] };
}
