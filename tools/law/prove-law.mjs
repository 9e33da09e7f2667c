/**
 * `pnpm law`: the law of incremental models on the warehouse itself. Whatever sequence of loads and builds there was, every
 * incremental table equals a full refresh over the same files. The exit code is 1 if one does not.
 */
import { randomOf } from '../seeded/random.mjs';
import { readOptions } from '../seeded/read-options.mjs';
import { openEngine } from './engine.mjs';
import { reportLines, violationLines } from './report.mjs';
import { Sequence } from './sequence.mjs';
import { tamperWith } from './tamper.mjs';

const HELP = `pnpm law [--sequences N] [--seed N] [--snowflake] [--json]

Draws deliveries and sequences of changes, builds staging and audience after each, and compares every table with that of a
full build of the same files: exactly, doubles within 1e-9.

  --sequences N  sequences of 4 to 6 builds (default 300)
  --seed N       decides data, changes and builds (default: another each time)
  --only N       only this sequence of the seed
  --ratings N    ratings to begin with (default 300)
  --snowflake    builds on our emulator of Snowflake, and compares with full builds on DuckDB
  --tamper       changes a published row behind the engine's back, to show that the comparison tells
  --json         prints the report as JSON`;

const presets = { sequences: 300, only: undefined, ratings: 300 };
const flags = ['tamper', 'snowflake'];
const { sequences, seed, only, ratings, tamper, snowflake, json } = readOptions(HELP, presets, flags);

const started = performance.now();
const engine = await openEngine({ isSnowflake: snowflake });
const figures = { changes: {}, builds: {}, nodes: {}, compared: 0, failed: 0 };
const violations = [];
const numbers = only ? [only] : Array.from({ length: sequences }, (_, index) => index + 1);
console.error(`${numbers.length} sequences, seed ${seed} …`);
for (const number of numbers) {
  const options = { ratings, tamper: tamper ? tamperWith(engine) : undefined };
  const sequence = new Sequence(engine, randomOf(seed, number), figures, options);
  const found = await sequence.run();
  if (found.length > 0) {
    violations.push({ sequence: number, seed, log: sequence.log, differences: found });
    console.error(violationLines(violations.at(-1)).join('\n'));
  }
  if (number % 25 === 0)
    console.error(
      `${number}/${sequences}  ${((performance.now() - started) / 1000).toFixed(0)} s  ${violations.length} difference(s)`,
    );
}

await engine.close();
const seconds = (performance.now() - started) / 1000;
const summary = { seed, sequences: numbers.length, ...figures, seconds, violations };
if (json) console.log(JSON.stringify(summary, undefined, 2));
else console.log(`\n${reportLines(summary).join('\n')}`);
process.exitCode = violations.length > 0 ? 1 : 0;
