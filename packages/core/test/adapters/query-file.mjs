// Opens a DuckDB file in a process of its own and prints what a query gives, or why it cannot: FILE, MODE, SQL.
import { DuckDBInstance } from '@duckdb/node-api';

const [, , path, mode, sql] = process.argv;
try {
  const instance = await DuckDBInstance.create(path, { access_mode: mode });
  const connection = await instance.connect();
  const reader = await connection.runAndReadAll(sql);
  process.stdout.write(JSON.stringify(reader.getRowObjectsJson()));
  connection.closeSync();
  instance.closeSync();
} catch (error) {
  process.stdout.write(error.message);
}
