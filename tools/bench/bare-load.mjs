/** `node bare-load.mjs FILE FOLDER`: the six files of a delivery by DuckDB's reader alone, into a new file. Prints seconds. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from '../run.mjs';

/** Columns as the sources declare them; `timestamp` as it is delivered. */
const TABLES = {
  'genome-scores.csv': { movieId: 'bigint', tagId: 'bigint', relevance: 'double' },
  'genome-tags.csv': { tagId: 'bigint', tag: 'varchar' },
  'links.csv': { movieId: 'bigint', imdbId: 'varchar', tmdbId: 'bigint' },
  'movies.csv': { movieId: 'bigint', title: 'varchar', genres: 'varchar' },
  'ratings.csv': { userId: 'bigint', movieId: 'bigint', rating: 'double', timestamp: 'bigint' },
  'tags.csv': { userId: 'bigint', movieId: 'bigint', tag: 'varchar', timestamp: 'bigint' },
};

const [file, folder] = process.argv.slice(2);
const require = createRequire(join(root, 'packages/core/package.json'));
const { DuckDBInstance } = await import(require.resolve('@duckdb/node-api'));
const instance = await DuckDBInstance.create(file);
const connection = await instance.connect();
await connection.run("set memory_limit = '2GB'; set preserve_insertion_order = false");
const seconds = {};
for (const [name, columns] of Object.entries(TABLES)) {
  const types = Object.entries(columns).map(([column, type]) => `'${column}': '${type}'`);
  const values = Object.keys(columns).map((column) =>
    column === 'timestamp' ? 'make_timestamp(timestamp * 1000000) as timestamp' : column,
  );
  const started = performance.now();
  await connection.run(
    `create table "${name}" as select ${values.join(', ')} from read_csv('${join(folder, name)}', header = true, columns = {${types.join(', ')}})`,
  );
  seconds[name] = (performance.now() - started) / 1000;
}
connection.closeSync();
instance.closeSync();
console.log(JSON.stringify({ type: 'bare', seconds }));
