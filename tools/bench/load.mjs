/**
 * What loading costs: `matinee load` of the six files against DuckDB's reader alone, which proves and keeps nothing; and
 * of the same files in a bucket.
 */
import { withBucket } from './bucket.mjs';
import { bucketLines, measureBucket } from './load-bucket.mjs';
import { measure } from './measure.mjs';
import { median, seconds, sum } from './numbers.mjs';

const LARGE = ['ratings.csv', 'genome-scores.csv'];

/**
 * The store of the bucket runs only while it is read: it would take its share of what local files are loaded with.
 *
 * @param {import('./matinee.mjs').Bench} bench
 */
export async function measureLoad(bench, rounds) {
  const local = await inRounds(rounds, 'load from local files', async () => ({
    bare: await bareLoad(bench),
    load: await load(bench),
  }));
  const fromBucket = await withBucket(bench.data, (bucket) =>
    inRounds(rounds, 'load from a bucket', () => measureBucket(bench, bucket)),
  );
  return local.map((measured, round) => ({ ...measured, bucket: fromBucket?.[round] }));
}

async function inRounds(rounds, name, measureRound) {
  const measured = [];
  for (let round = 1; round <= rounds; round++) {
    console.error(`${name}: round ${round} of ${rounds} …`);
    measured.push(await measureRound());
  }
  return measured;
}

async function bareLoad(bench) {
  const { lines, ...usage } = await measure([
    'tools/bench/bare-load.mjs',
    bench.fresh('bare-load'),
    bench.data,
  ]);
  return { ...usage, files: lines[0].seconds };
}

async function load(bench) {
  const { result, ...usage } = await bench.run('load', bench.fresh('load'));
  const files = result.nodes.flatMap(({ load }) => load?.files ?? []);
  return { ...usage, files: Object.fromEntries(files.map(({ path, seconds: time }) => [path, time])) };
}

export function loadLines(measured) {
  const middle = (pick) => median(measured.map(pick));
  const row = (name, pick) => {
    const [bare, ours] = [middle(({ bare }) => pick(bare)), middle(({ load }) => pick(load))];
    return `${name.padEnd(44)}${seconds(bare).padStart(10)}${seconds(ours).padStart(10)}${seconds(bare / ours).padStart(10)}`;
  };
  const peak = (which) => `${(middle((one) => one[which].peakBytes) / 1e9).toFixed(2)} GB`;
  return [
    `${'loading from local files'.padEnd(44)}${'read_csv'.padStart(10)}${'load'.padStart(10)}${'rate'.padStart(10)}`,
    ...LARGE.map((file) => row(file, ({ files }) => files[file])),
    row('all six files', ({ files }) => sum(Object.values(files))),
    row('the process, from start to exit', ({ wall }) => wall),
    `${'peak memory'.padEnd(44)}${peak('bare').padStart(10)}${peak('load').padStart(10)}`,
    '',
    ...(measured[0].bucket ? bucketLines(middle) : SKIPPED),
  ];
}

const SKIPPED = [
  '*** SKIPPED: loading from a bucket. It needs the S3 server of the tests: node tools/python/install.mjs s3 ***',
];
