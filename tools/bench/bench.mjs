/**
 * `pnpm bench`: makes MovieLens data at full scale once and measures what Matinee costs on it. Everything in one run, for
 * ratios mean something there and seconds do not.
 */
import { parseArgs } from 'node:util';
import { buildLines, measureBuilds } from './builds.mjs';
import { loadLines, measureLoad } from './load.mjs';
import { Bench } from './matinee.mjs';
import { measureNoop, noopLines } from './noop.mjs';
import { measureOverhead, overheadLines } from './overhead.mjs';

const HELP = `pnpm bench [--only noop|build|load|overhead] [--rounds N] [--scale small|20m]

  build     the whole warehouse, tested and untested, and the same tables by a hand-written script
  load      the raw tables, the same files by DuckDB's reader alone, and the same files from a bucket on this machine
  noop      a build that finds nothing to do
  overhead  candidates, publication and ledger against plain create table as; row hashes

Prints medians of N rounds (default: 1 of build, 3 of load and overhead). Data and files go to target/bench.`;

/** In the order in which they run: the no-op build needs the file of the builds. */
const PARTS = {
  build: async (bench, rounds = 1) => buildLines(await measureBuilds(bench, rounds)),
  load: async (bench, rounds = 3) => loadLines(await measureLoad(bench, rounds)),
  noop: async (bench) => noopLines(await measureNoop(bench)),
  overhead: async (bench, rounds = 3) => overheadLines(await measureOverhead(bench, rounds)),
};

const options = readOptions();
if (typeof options === 'string') {
  console.error(`${options}\n\n${HELP}`);
  process.exit(2);
}
if (options.help) {
  console.log(HELP);
  process.exit(0);
}
const bench = new Bench(options.scale);
const status = await bench.prepare();
if (status !== 0) process.exit(status);

const parts = [];
for (const name of options.only ? [options.only] : Object.keys(PARTS))
  parts.push(await PARTS[name](bench, options.rounds));
for (const lines of parts) console.log(`\n${lines.join('\n')}`);

/** @returns the options, or what is wrong with them */
function readOptions() {
  let values;
  try {
    ({ values } = parseArgs({
      options: {
        only: { type: 'string' },
        rounds: { type: 'string' },
        scale: { type: 'string', default: '20m' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }));
  } catch (error) {
    return error.message;
  }
  const { only, rounds, scale, help } = values;
  if (only !== undefined && !(only in PARTS)) return `--only takes ${Object.keys(PARTS).join(', ')}.`;
  if (rounds !== undefined && !/^[1-9]\d{0,2}$/.test(rounds)) return '--rounds takes a number above 0.';
  if (!['small', '20m'].includes(scale)) return '--scale takes small or 20m.';
  return { only, rounds: rounds && Number(rounds), scale, help };
}
