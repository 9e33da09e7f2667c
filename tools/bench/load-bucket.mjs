/**
 * What loading from a bucket costs: downloading alone, loading from local files, and both in one. Where the machine has enough
 * processors that should take no longer than the longer of the two. The server runs on the same machine and takes its share of
 * them; so everything is measured a second time through a line that is slower than all of it.
 */
import { availableParallelism } from 'node:os';
import { throughSlowLine } from './bucket.mjs';
import { measure } from './measure.mjs';
import { seconds } from './numbers.mjs';

const SLOW_BYTES_PER_SECOND = 60e6;

/**
 * @param {import('./matinee.mjs').Bench} bench
 * @param {import('./bucket.mjs').BenchBucket} bucket
 */
export async function measureBucket(bench, bucket) {
  const both = async (bucket) => ({
    download: await withServer(bucket, () => download(bench, bucket)),
    load: await withServer(bucket, () => bench.run('load', bench.fresh('load'), [], bucket)),
  });
  return { fast: await both(bucket), slow: await throughSlowLine(bucket, SLOW_BYTES_PER_SECOND, both) };
}

/** A measurement, with the processor time that the server took meanwhile. */
async function withServer(bucket, work) {
  const before = bucket.processor();
  const measured = await work();
  return { ...measured, server: bucket.processor() - before };
}

function download(bench, { url, env }) {
  const folder = bench.fileOf('download', 'tmp');
  return measure(['tools/bench/download.mjs', url, folder], { env });
}

/** @param {(pick: (round: object) => number) => number} middle of all rounds; `load` of one is that of local files */
export function bucketLines(middle) {
  return [
    `${'loading from a bucket on this machine'.padEnd(44)}${'seconds'.padStart(10)}${'processor'.padStart(12)}${'server'.padStart(10)}${'peak memory'.padStart(14)}`,
    row('(b) load from local files', middle, ({ load }) => load),
    ...lineOf(middle, 'fast', ''),
    ...lineOf(middle, 'slow', `, ${SLOW_BYTES_PER_SECOND / 1e6} MB a second`),
    `Processes from start to exit. "processor": seconds of processor time; "server": that of the store beside it, of ${availableParallelism()} processors in all.`,
  ];
}

function lineOf(middle, line, name) {
  const pickA = ({ bucket }) => bucket[line].download;
  const pickC = ({ bucket }) => bucket[line].load;
  const best = middle((round) => Math.max(pickA(round).wall, round.load.wall));
  const busy = middle((round) => (pickC(round).processor + pickC(round).server) / availableParallelism());
  const ours = middle((round) => pickC(round).wall);
  const ratio = (text, than) => `${`    ${text}`.padEnd(44)}${`${seconds(ours / than)} ×`.padStart(10)}`;
  return [
    row(`(a) download alone${name}`, middle, pickA),
    row(`(c) load from the bucket${name}`, middle, pickC),
    ratio('of the longer of (a) and (b)', best),
    ...(busy > best ? [ratio('of (c) with no processor ever idle', busy)] : []),
  ];
}

function row(name, middle, pick) {
  const column = (key, width) => {
    const value = middle((round) => pick(round)[key] ?? Number.NaN);
    return (Number.isNaN(value) ? '' : seconds(value)).padStart(width);
  };
  const peak = `${(middle((round) => pick(round).peakBytes) / 1e9).toFixed(2)} GB`;
  return `${name.padEnd(44)}${column('wall', 10)}${column('processor', 12)}${column('server', 10)}${peak.padStart(14)}`;
}
