/**
 * `pnpm bench:increments`: what it costs to bring the incremental tables up to date when some ratings are new, against a full
 * refresh of the same tables in the same warehouse, tests included. For each case the ratings are taken out of the full set,
 * everything is built, and the full set is loaded; then the tables are brought up to date, and in a copy refreshed in full.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root, runNode } from '../run.mjs';
import { measure } from './measure.mjs';

const { values } = parseArgs({
  options: {
    scale: { type: 'string', default: '20m' },
    case: { type: 'string', multiple: true },
    help: { type: 'boolean', short: 'h', default: false },
  },
});
if (values.help) {
  console.log(
    'pnpm bench:increments [--scale small|20m] [--case latest-1% --case latest-0.01% --case random-1%]\n\nData and files go to target/bench.',
  );
  process.exit(0);
}

/** Each case: the condition of the ratings that are new, over `place` (0 … 1 by time) and `chance` (0 … 1). */
const CASES = {
  'latest-1%': 'place > 0.99',
  'latest-0.01%': 'place > 0.9999',
  'random-1%': 'chance < 0.01',
};
const INCREMENTAL = [
  'src_ratings',
  'int_user_daily_ratings',
  'fct_user_behaviour_genres',
  'fct_user_behaviour_genres_concat',
];
const CLI = 'packages/cli/bin/matinee.mjs';
const folder = join(root, 'target/bench');
const data = join(folder, values.scale);
const variables = JSON.stringify({ ratings_since: null });
const require = createRequire(join(root, 'packages/core/package.json'));
const { DuckDBInstance } = await import(require.resolve('@duckdb/node-api'));

mkdirSync(folder, { recursive: true });
if (!existsSync(join(data, 'GENERATED.json'))) {
  const status = await runNode('tools/bin/generate-data.mjs', ['--out', data, '--scale', values.scale]);
  if (status !== 0) process.exit(status);
}

const rows = [];
for (const name of values.case ?? Object.keys(CASES)) rows.push(await measureCase(name, CASES[name]));
report(rows);

async function measureCase(name, condition) {
  const file = join(folder, 'increments.duckdb');
  for (const suffix of ['', '.wal']) rmSync(file + suffix, { force: true });
  const before = await withoutRatings(name, condition);
  const select = [...INCREMENTAL, 'int_user_profiles'].join(' ');
  console.error(`${name}: building without them …`);
  const first = await build(file, before, ['build', '--threads', '1']);
  console.error(`${name}: loading all …`);
  const load = await build(file, data, ['load']);
  const copy = join(folder, 'increments-full.duckdb');
  rmSync(`${copy}.wal`, { force: true });
  copyFileSync(file, copy);
  // What is still to be written would slow down whoever comes next.
  execFileSync('sync');
  console.error(`${name}: bringing up to date …`);
  const increment = await build(file, data, ['build', '--threads', '1', '--select', select]);
  console.error(`${name}: refreshing in full …`);
  const refresh = ['build', '--threads', '1', '--full-refresh', '--select', select];
  const full = await build(copy, data, refresh);
  const merged = await plainMerge(file, condition);
  for (const path of [file, copy]) rmSync(path);
  return { name, first, load, increment, full, merged };
}

/** The set without the ratings that meet a condition; its other files are those of the full set. */
async function withoutRatings(name, condition) {
  const target = join(folder, 'increments', name.replace('%', ''));
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  for (const other of readdirSync(data))
    if (other !== 'ratings.csv' && other !== 'GENERATED.json')
      symlinkSync(join(data, other), join(target, other));
  await sql(':memory:', [
    "set memory_limit = '3GB'",
    'set preserve_insertion_order = true',
    `create table ratings as select *, row_number() over () as line from read_csv('${join(data, 'ratings.csv')}', all_varchar = true, header = true)`,
    `copy (
       select userId, movieId, rating, timestamp
       from (select *, percent_rank() over (order by cast(timestamp as bigint)) as place, hash(userId, movieId) / 18446744073709551615 as chance from ratings)
       where not (${condition}) order by line
     ) to '${join(target, 'ratings.csv')}' (header, quote '')`,
  ]);
  return target;
}

/** Seconds that it takes to merge the new ratings alone into a copy of `src_ratings`, by key: less than half of the work. */
async function plainMerge(file, condition) {
  const started = performance.now();
  let seconds = 0;
  await sql(file, [
    "set memory_limit = '2GB'",
    `create schema if not exists plain`,
    'create or replace table plain.ratings as select * from staging.src_ratings',
    `create or replace table plain.new as select user_id, movie_id, rating, rating_timestamp from (
       select *, percent_rank() over (order by rating_timestamp) as place, hash(user_id, movie_id) / 18446744073709551615 as chance from staging.src_ratings
     ) where ${condition}`,
    () => {
      seconds = performance.now();
    },
    'delete from plain.ratings where exists (select 1 from plain.new where new.user_id = ratings.user_id and new.movie_id = ratings.movie_id)',
    'insert into plain.ratings select * from plain.new',
    () => {
      seconds = (performance.now() - seconds) / 1000;
    },
    'drop schema plain cascade',
  ]);
  return { seconds, all: (performance.now() - started) / 1000 };
}

async function sql(file, steps) {
  const instance = await DuckDBInstance.create(file);
  const connection = await instance.connect();
  try {
    for (const step of steps) {
      if (typeof step === 'function') step();
      else await connection.run(step);
    }
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

async function build(file, source, args) {
  const { peakBytes, lines } = await measure(
    [CLI, ...args, '--json', '--vars', variables, ...(args.includes('--select') ? [] : ['--source', source])],
    { env: { MATINEE_DATABASE: file, MATINEE_SOURCE: source } },
  );
  const { result } = lines.find((line) => line.type === 'run_finished');
  if (result.status !== 'ok')
    throw new Error(`A build failed: ${JSON.stringify(result.nodes.filter(({ error }) => error))}`);
  return { result, peakBytes };
}

function secondsOf({ result }, names) {
  return result.nodes
    .filter(({ node }) => names.includes(node))
    .reduce((sum, { seconds }) => sum + seconds, 0);
}

function report(measured) {
  const cell = (value, width) => String(value).padStart(width);
  for (const { name, first, load, increment, full, merged } of measured) {
    console.log(`\n${name}`);
    console.log(
      `${'node'.padEnd(36)}${cell('done', 11)}${cell('rows anew', 13)}${cell('seconds', 10)}${cell('in full', 10)}${cell('ratio', 8)}`,
    );
    for (const node of [...INCREMENTAL, 'int_user_profiles']) {
      const one = increment.result.nodes.find((result) => result.node === node);
      const [now, all] = [secondsOf(increment, [node]), secondsOf(full, [node])];
      console.log(
        `${node.padEnd(36)}${cell(one.action, 11)}${cell(one.increment?.newRows.toLocaleString('en') ?? '', 13)}${cell(now.toFixed(2), 10)}${cell(all.toFixed(2), 10)}${cell((now / all).toFixed(3), 8)}`,
      );
    }
    const [now, all] = [secondsOf(increment, INCREMENTAL), secondsOf(full, INCREMENTAL)];
    console.log(
      `${'all incremental tables, with tests'.padEnd(36)}${cell('', 24)}${cell(now.toFixed(2), 10)}${cell(all.toFixed(2), 10)}${cell((now / all).toFixed(3), 8)}`,
    );
    const tests = (run) => run.result.tests.reduce((sum, test) => sum + test.seconds, 0);
    console.log(
      `${'of it tests'.padEnd(36)}${cell('', 24)}${cell(tests(increment).toFixed(2), 10)}${cell(tests(full).toFixed(2), 10)}`,
    );
    console.log(
      `${'the whole run, with profiles and commits'.padEnd(60)}${cell(increment.result.seconds.toFixed(2), 10)}${cell(full.result.seconds.toFixed(2), 10)}${cell((increment.result.seconds / full.result.seconds).toFixed(3), 8)}`,
    );
    console.log(
      `${'the first build of them, in an empty file'.padEnd(60)}${cell('', 10)}${cell(secondsOf(first, INCREMENTAL).toFixed(2), 10)}`,
    );
    console.log(`${'the load with its change feed'.padEnd(60)}${cell(load.result.seconds.toFixed(2), 10)}`);
    console.log(`${'plain merge of the ratings alone'.padEnd(60)}${cell(merged.seconds.toFixed(2), 10)}`);
    console.log(
      `${'peak memory'.padEnd(60)}${cell((increment.peakBytes / 1e9).toFixed(2), 7)} GB${cell((full.peakBytes / 1e9).toFixed(2), 7)} GB`,
    );
  }
}
