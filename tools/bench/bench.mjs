/**
 * `pnpm bench`: makes MovieLens data at full scale once, then builds the whole warehouse from it, with tests and without, and
 * the same tables by the hand-written `limit.sql`. Everything in one run, for these ratios mean something and seconds do not.
 */
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root, runNode } from '../run.mjs';
import { measure } from './measure.mjs';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '1' },
    scale: { type: 'string', default: '20m' },
    help: { type: 'boolean', short: 'h', default: false },
  },
});
if (values.help) {
  console.log(
    'pnpm bench [--rounds N] [--scale small|20m]\n\nThe median of N rounds (default 1); data and files go to target/bench.',
  );
  process.exit(0);
}

const CLI = 'packages/cli/bin/matinee.mjs';
const folder = join(root, 'target/bench');
const data = join(folder, values.scale);
const variables = JSON.stringify({ ratings_since: null });

mkdirSync(folder, { recursive: true });
if (!existsSync(join(data, 'GENERATED.json'))) {
  const status = await runNode('tools/bin/generate-data.mjs', ['--out', data, '--scale', values.scale]);
  if (status !== 0) process.exit(status);
}

const rounds = Array.from({ length: Number(values.rounds) });
const measured = { limit: [], untested: [], tested: [], again: [] };
for (const _ of rounds) {
  measured.limit.push(await fresh('limit', (file) => measure(['tools/bench/limit.mjs', data, file])));
  measured.untested.push(await fresh('matinee', (file) => build(file, '--skip-tests')));
  measured.tested.push(await fresh('matinee', (file) => build(file)));
  measured.again.push(await build(join(folder, 'matinee.duckdb')));
}
report();

/** Measures on a file that does not exist yet. */
function fresh(name, work) {
  const file = join(folder, `${name}.duckdb`);
  for (const suffix of ['', '.wal']) rmSync(file + suffix, { force: true });
  console.error(`measuring ${name} …`);
  return work(file);
}

async function build(file, ...options) {
  const args = [CLI, 'build', '--json', '--source', data, '--vars', variables, ...options];
  const { peakBytes, lines } = await measure(args, { MATINEE_DATABASE: file });
  const { result } = lines.find((line) => line.type === 'run_finished');
  return { seconds: result.seconds, peakBytes, result };
}

function report() {
  const [limit, untested, tested, again] = ['limit', 'untested', 'tested', 'again'].map((name) =>
    median(measured[name]),
  );
  const { result } = tested;
  const testSeconds = result.tests.reduce((sum, test) => sum + test.seconds, 0);
  const load = result.nodes
    .filter((node) => node.kind === 'source')
    .reduce((sum, node) => sum + node.load.files.reduce((all, file) => all + file.seconds, 0), 0);
  console.log(
    `\n${'node'.padEnd(36)}${'rows'.padStart(12)}${'seconds'.padStart(10)}${'of it tests'.padStart(13)}`,
  );
  for (const node of result.nodes) {
    const tests = result.tests
      .filter((test) => test.owner === node.node)
      .reduce((sum, test) => sum + test.seconds, 0);
    const rows = node.rows?.toLocaleString('en') ?? '';
    console.log(
      `${node.node.padEnd(36)}${rows.padStart(12)}${node.seconds.toFixed(2).padStart(10)}${tests.toFixed(2).padStart(13)}`,
    );
  }
  const line = (title, { seconds, peakBytes }) =>
    console.log(
      `${title.padEnd(36)}${seconds.toFixed(2).padStart(22)}${(seconds / limit.seconds).toFixed(2).padStart(9)} ×${(peakBytes / 1e9).toFixed(2).padStart(8)} GB`,
    );
  console.log(
    `\n${'total'.padEnd(36)}${'seconds'.padStart(22)}${'ratio'.padStart(11)}${'peak memory'.padStart(14)}`,
  );
  line('hand-written script', limit);
  line('matinee build, tests skipped', untested);
  line('matinee build', tested);
  line('matinee build again, no change', again);
  console.log(
    `\nload ${load.toFixed(2)} s, tests ${testSeconds.toFixed(2)} s (${result.tests.length} tests), median of ${rounds.length} round(s)`,
  );
}

function median(results) {
  return results.toSorted((a, b) => a.seconds - b.seconds)[Math.floor((results.length - 1) / 2)];
}
