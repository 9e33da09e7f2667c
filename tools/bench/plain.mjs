/**
 * Runs the statements of a script on a DuckDB file, one after the other on one connection, with nothing around them.
 * Arguments: the script (see `plainScript`), the file. Prints a JSON line for each table.
 */
import { readFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';

const [script, file] = process.argv.slice(2);
const { preparation, tables } = JSON.parse(readFileSync(script, 'utf8'));
const instance = await DuckDBInstance.create(file);
const connection = await instance.connect();
for (const sql of preparation) await connection.run(sql);
for (const sql of tables) {
  const started = performance.now();
  const result = await connection.run(sql);
  const seconds = (performance.now() - started) / 1000;
  const [[rows]] = await result.getRows();
  console.log(JSON.stringify({ rows: Number(rows), seconds }));
}
connection.closeSync();
instance.closeSync();
