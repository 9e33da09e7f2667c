/** What the statements of a recorded build were for, and what of them a plain script would run. */

/** @typedef {import('./record-statements.mjs').Statement} Statement */

const CANDIDATE = /__candidate"/g;

/** The first that fits says what a statement is for. */
const PURPOSES = [
  ['create', ({ sql }) => isCreate(sql)],
  ['row hashes', ({ sql }) => / as digest from /.test(sql)],
  ['describe', ({ call }) => call === 'prepare'],
  ['count', ({ sql }) => sql.startsWith('select count(*) as row_count from ')],
  ['ledger', ({ sql }) => /"_matinee"|'_matinee'|information_schema/.test(sql)],
  ['publish', ({ sql }) => /^(alter|drop|begin|commit)\b/.test(sql)],
];

/** In the order in which they are printed. */
export const PARTS = ['create', 'describe', 'count', 'publish', 'ledger', 'row hashes', 'rest'];

/**
 * Seconds of a build by what they were for; `rest` is the engine itself, and opening and closing the run.
 *
 * @param {Statement[]} statements those of a build with one thread: they ran one after the other
 * @param {number} seconds of the whole build
 * @returns {Record<string, number>}
 */
export function partsOf(statements, seconds) {
  const parts = Object.fromEntries(PARTS.map((part) => [part, 0]));
  for (const statement of statements) {
    // Settings come before the build's own clock starts.
    if (isSetting(statement.sql)) continue;
    const [purpose] = PURPOSES.find(([, fits]) => fits(statement)) ?? ['rest'];
    parts[purpose] += statement.seconds;
  }
  const others = PARTS.filter((part) => part !== 'rest').reduce((sum, part) => sum + parts[part], 0);
  return { ...parts, rest: Math.max(seconds - others, 0) };
}

/**
 * The settings and schemas of a build, and its `create table` statements, tables under their own names from the start.
 *
 * @param {Statement[]} statements
 * @returns {{ preparation: string[], tables: string[] }}
 */
export function plainScript(statements) {
  const texts = statements.map(({ sql }) => sql);
  return {
    preparation: texts.filter((sql) => isSetting(sql) || sql.startsWith('create schema ')),
    tables: texts.filter(isCreate).map((sql) => sql.replaceAll(CANDIDATE, '"')),
  };
}

function isCreate(sql) {
  return /^create or replace table \S+__candidate" as\s/.test(sql);
}

function isSetting(sql) {
  return sql.startsWith('set global ') || sql.startsWith('select current_setting(');
}
