/**
 * Preloaded into a measured process: leaves the statements that it ran on DuckDB, with their seconds, in the file that
 * MATINEE_STATEMENTS_FILE names. What is compared with is so the very text that ran, and the parts of the time are known.
 */
import { writeFileSync } from 'node:fs';
import { DuckDBConnection } from '@duckdb/node-api';

/**
 * @typedef {object} Statement
 * @property {'run' | 'prepare'} call
 * @property {string} sql
 * @property {number} seconds
 */

/** @type {Statement[]} */
const statements = [];

for (const call of ['run', 'prepare']) {
  const original = DuckDBConnection.prototype[call];
  DuckDBConnection.prototype[call] = async function recorded(sql, ...rest) {
    const started = performance.now();
    try {
      return await original.call(this, sql, ...rest);
    } finally {
      statements.push({ call, sql, seconds: (performance.now() - started) / 1000 });
    }
  };
}

process.on('exit', () => {
  const file = process.env.MATINEE_STATEMENTS_FILE;
  if (file) writeFileSync(file, JSON.stringify(statements));
});
