/** What a reader from outside finds in a warehouse: opened read-only, without anything of the engine. */
import { existsSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';
import { HISTORY } from './laws.mjs';

const LEDGER = '_matinee';
export const CANDIDATE = '__candidate';
/** A column of raw rows that tells loads apart; each load has another. */
const LOAD = '_load';
const HISTORY_COLUMNS = ['scd_id', 'updated_at', 'valid_from', 'valid_to'];

/**
 * @typedef {object} Observation
 * @property {string | undefined} error why the file cannot be read
 * @property {boolean} exists whether there is a file
 * @property {Map<string, { kind: string, columns: string, rows: number, digest: string }>} relations what is published, as
 *   order-independent digests of all rows; of the history, of its open rows without times
 * @property {{ relation: string, message: string }[]} unreadable
 * @property {string[]} candidates
 * @property {Map<string, { row: string, validTo: string | null }>} history its versions by scd_id
 * @property {{ law: string, rows: number }[]} broken laws that do not hold
 * @property {string[]} left what else a build that came to its end has no use for
 * @property {Set<string>} passing views that may be neither old nor new: their tables are being replaced right now
 */

/** @returns {Promise<Observation>} */
export async function observe(database, laws) {
  const observation = {
    error: undefined,
    exists: existsSync(database),
    relations: new Map(),
    unreadable: [],
    candidates: [],
    history: new Map(),
    broken: [],
    left: existsSync(`${database}.holder.json`) ? ['the note on who holds the file'] : [],
    passing: new Set(),
  };
  if (!observation.exists) return observation;
  try {
    await readOnly(database, (read) => lookAround(read, laws, observation));
  } catch (error) {
    observation.error = error.message;
  }
  return observation;
}

/** Opens a file that nobody may write to, and closes it again. `work` gets a function from SQL to rows. */
export async function readOnly(database, work) {
  const instance = await DuckDBInstance.create(database, { access_mode: 'READ_ONLY' });
  try {
    const connection = await instance.connect();
    try {
      return await work(async (sql) => (await connection.runAndReadAll(sql)).getRowObjectsJson());
    } finally {
      connection.closeSync();
    }
  } finally {
    instance.closeSync();
  }
}

async function lookAround(read, laws, observation) {
  const { relations, unreadable, candidates, broken } = observation;
  for (const { name, kind } of await storedRelations(read)) {
    if (name.endsWith(CANDIDATE)) {
      candidates.push(name);
      continue;
    }
    try {
      relations.set(name, { kind, ...(await digestOf(read, name)) });
      if (name === HISTORY) observation.history = await versionsOf(read);
    } catch (error) {
      unreadable.push({ relation: name, message: error.message });
    }
  }
  for (const { name, reads, query } of laws) {
    if (!reads.every((relation) => relations.has(relation))) continue;
    try {
      const [row] = await read(query);
      const rows = Number(Object.values(row)[0]);
      if (rows > 0) broken.push({ law: name, rows });
    } catch (error) {
      unreadable.push({ relation: name, message: error.message });
    }
  }
}

function storedRelations(read) {
  return read(`select table_schema || '.' || table_name as name, table_type as kind from information_schema.tables
    where table_schema not in ('${LEDGER}', 'information_schema', 'pg_catalog') order by 1`);
}

/** The columns whose values two builds of the same inputs must agree on. */
export async function comparedColumns(read, relation) {
  const described = await read(`describe ${relation}`);
  return described
    .filter(({ column_name: name }) => name !== LOAD)
    .filter(({ column_name: name }) => relation !== HISTORY || !HISTORY_COLUMNS.includes(name))
    .map(({ column_name: name, column_type: type }) => ({ name, type: comparedType(type) }));
}

/** Enums are hashed by position, so two that say the same may differ; Snowflake has one type for whole numbers. */
function comparedType(type) {
  if (type.startsWith('ENUM')) return 'VARCHAR';
  return /^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER)$/.test(type) ? 'BIGINT' : type;
}

/**
 * The rows of a relation that two builds of the same inputs must agree on, as a query.
 *
 * @param {string} place where the relation is read
 */
export function comparedRows(relation, columns, place = relation) {
  const list = columns.map(({ name, type }) => `cast("${name}" as ${type}) as "${name}"`);
  return `select ${list.join(', ')} from ${place}${relation === HISTORY ? ' where valid_to is null' : ''}`;
}

async function digestOf(read, relation) {
  const columns = await comparedColumns(read, relation);
  const [{ n, sum, xor }] = await read(`
    select count(*) as n, cast(sum(h) as varchar) as sum, cast(bit_xor(h) as varchar) as xor
    from (select cast(hash(r) as hugeint) as h from (${comparedRows(relation, columns)}) as r)`);
  return {
    columns: columns.map(({ name, type }) => `${name} ${type}`).join(', '),
    rows: Number(n),
    digest: `${n} ${sum} ${xor}`,
  };
}

async function versionsOf(read) {
  const rows = await read(`
    select scd_id, cast(valid_to as varchar) as valid_to,
      concat_ws('|', customer_id, country_code, level, updated_at, valid_from) as row from ${HISTORY}`);
  return new Map(rows.map(({ scd_id, row, valid_to }) => [scd_id, { row, validTo: valid_to }]));
}
