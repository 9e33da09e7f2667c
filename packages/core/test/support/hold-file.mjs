// Holds a DuckDB file, with a note on what for, until it is told to let go by a line on stdin.
import { writeFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';

const [, , path, purpose] = process.argv;
const instance = await DuckDBInstance.create(path);
if (purpose) {
  const note = { pid: process.pid, purpose, since: '2026-01-01T12:30:05.000Z' };
  writeFileSync(`${path}.holder.json`, JSON.stringify(note));
}
process.stdout.write('held\n');
process.stdin.once('data', () => {
  instance.closeSync();
  process.exit(0);
});
