/** Runs limit.sql on a new file. Arguments: the data's folder, the DuckDB file. Prints a JSON line for each statement. */
import { readFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';

const [folder, file] = process.argv.slice(2);
const script = readFileSync(new URL('./limit.sql', import.meta.url), 'utf8').replaceAll(':folder', folder);
const instance = await DuckDBInstance.create(file);
const connection = await instance.connect();
await connection.run("set memory_limit = '2GB'");
await connection.run('set preserve_insertion_order = false');
await connection.run("set TimeZone = 'UTC'");
const statements = await connection.extractStatements(script);
for (let index = 0; index < statements.count; index++) {
  const started = performance.now();
  await (await statements.prepare(index)).run();
  console.log(JSON.stringify({ index, seconds: (performance.now() - started) / 1000 }));
}
connection.closeSync();
instance.closeSync();
