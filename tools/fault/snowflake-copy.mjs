/** Copies what a reader of Snowflake finds into a DuckDB file. */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { CANDIDATE } from './observe.mjs';

/** DuckDB's types by those of Snowflake's information schema. */
const TYPES = {
  NUMBER: 'bigint',
  FLOAT: 'double',
  TEXT: 'varchar',
  BOOLEAN: 'boolean',
  DATE: 'date',
  TIMESTAMP_NTZ: 'timestamp',
};

/**
 * @param {(sql: string) => Promise<(string | null)[][]>} read
 * @param {string} file a new one
 * @returns {Promise<{ views: Set<string>, unreadable: { relation: string, message: string }[], candidates: string[] }>}
 */
export async function copyPublished(read, file) {
  const found = { views: new Set(), unreadable: [], candidates: [] };
  mkdirSync(dirname(file), { recursive: true });
  const instance = await DuckDBInstance.create(file);
  const connection = await instance.connect();
  try {
    const relations = await read(
      `select table_schema, table_name, table_type from information_schema.tables
       where table_schema not in ('INFORMATION_SCHEMA', 'PUBLIC') and not startswith(table_schema, '_') order by 1, 2`,
    );
    for (const [schema, name, type] of relations) {
      const relation = `${schema}.${name}`.toLowerCase();
      if (type === 'VIEW') found.views.add(relation);
      if (relation.includes(CANDIDATE)) found.candidates.push(relation);
      else {
        try {
          await copyRelation(read, connection, schema, name);
        } catch (error) {
          found.unreadable.push({ relation, message: error.message });
        }
      }
    }
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
  return found;
}

async function copyRelation(read, connection, schema, name) {
  const columns = await read(
    `select column_name, data_type from information_schema.columns
     where table_schema = '${schema}' and table_name = '${name}' order by ordinal_position`,
  );
  const texts = columns.map(([column]) => `cast("${column}" as varchar)`);
  const rows = await read(`select ${texts.join(', ')} from "${schema}"."${name}"`);
  const quoted = columns.map(([column]) => `"${column.toLowerCase()}"`);
  await connection.run(
    `create or replace temp table copied (${quoted.map((one) => `${one} varchar`).join(', ')})`,
  );
  const appender = await connection.createAppender('copied', 'main', 'temp');
  for (const row of rows) {
    for (const value of row) value === null ? appender.appendNull() : appender.appendVarchar(value);
    appender.endRow();
  }
  appender.closeSync();
  const casts = columns.map(([, type], at) => `cast(${quoted[at]} as ${duckType(type)}) as ${quoted[at]}`);
  await connection.run(`create schema if not exists ${schema.toLowerCase()}`);
  await connection.run(
    `create table ${schema.toLowerCase()}.${name.toLowerCase()} as select ${casts.join(', ')} from copied`,
  );
}

function duckType(type) {
  const found = TYPES[type];
  if (!found) throw new Error(`The fault test has no use for type ${type}.`);
  return found;
}
