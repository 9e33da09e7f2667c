/** A build that finds nothing to do. */
import { existsSync } from 'node:fs';
import { measure } from './measure.mjs';
import { median, seconds, share } from './numbers.mjs';

const TIMES = 7;

/** @param {import('./matinee.mjs').Bench} bench */
export async function measureNoop(bench) {
  const file = bench.fileOf('matinee');
  console.error(existsSync(file) ? 'no-op builds …' : 'no-op builds, and the one before them …');
  // Whatever was changed since the file was built is done first, and caches are warm then.
  await bench.build(file);
  const measured = [];
  for (let time = 0; time < TIMES; time++) {
    const build = await bench.build(file);
    const busy = build.result.nodes.filter(({ status }) => status !== 'reused');
    if (busy.length > 0) throw new Error(`Not a no-op: ${busy.map(({ node }) => node).join(', ')}.`);
    const { wall } = await measure(['--eval', '0']);
    measured.push({ ...build, node: wall });
  }
  return { file, measured };
}

/** @param {Awaited<ReturnType<typeof measureNoop>>} noop */
export function noopLines({ file, measured }) {
  const line = (title, values) => {
    const spread = `${seconds(Math.min(...values))} to ${seconds(Math.max(...values))}`;
    return `${title.padEnd(44)}${seconds(median(values)).padStart(14)}${spread.padStart(18)}`;
  };
  const rows = measured[0].result.nodes.find(({ node }) => node === 'raw_ratings')?.rows;
  const outside = measured.map(({ wall, seconds: inside }) => wall - inside);
  return [
    `${`no-op build, ${rows?.toLocaleString('en')} ratings`.padEnd(44)}${'seconds'.padStart(14)}${'spread'.padStart(18)}`,
    line(
      'in the engine',
      measured.map(({ seconds: inside }) => inside),
    ),
    line(
      'process, from start to exit',
      measured.map(({ wall }) => wall),
    ),
    line(
      '  its processor time',
      measured.map(({ processor }) => processor),
    ),
    line(
      '  of it Node itself, with no script',
      measured.map(({ node }) => node),
    ),
    `${share(median(outside) / median(measured.map(({ wall }) => wall)))} of the process is outside of the engine: Node, modules, the project, opening the file.`,
    `Median of ${measured.length} builds of ${file}.`,
  ];
}
