/** The whole warehouse by Matinee, tested and untested, and the same tables by the hand-written `limit.sql`. */
import { measure } from './measure.mjs';
import { share, sum, typical } from './numbers.mjs';

/**
 * @param {import('./matinee.mjs').Bench} bench
 * @param {number} rounds
 */
export async function measureBuilds(bench, rounds) {
  const measured = { limit: [], untested: [], tested: [] };
  for (let round = 1; round <= rounds; round++) {
    console.error(`builds, round ${round} of ${rounds}: the script, untested, tested …`);
    const { wall, peakBytes } = await measure(['tools/bench/limit.mjs', bench.data, bench.fresh('limit')]);
    measured.limit.push({ wall, peakBytes });
    measured.untested.push(await bench.build(bench.fresh('matinee'), ['--skip-tests']));
    measured.tested.push(await bench.build(bench.fresh('matinee')));
  }
  const [limit, untested, tested] = Object.values(measured).map(typical);
  return { limit, untested, tested, rounds };
}

/** @param {Awaited<ReturnType<typeof measureBuilds>>} builds */
export function buildLines({ limit, untested, tested, rounds }) {
  const { result } = tested;
  const total = (title, { wall, peakBytes }) =>
    `${title.padEnd(44)}${wall.toFixed(2).padStart(14)}${(wall / limit.wall).toFixed(2).padStart(9)} ×${(peakBytes / 1e9).toFixed(2).padStart(11)} GB`;
  const testSeconds = sum(result.tests.map((test) => test.seconds));
  const load = sum(
    result.nodes.flatMap((node) => (node.load ? node.load.files.map((file) => file.seconds) : [])),
  );
  return [
    `${'node'.padEnd(36)}${'rows'.padStart(12)}${'seconds'.padStart(10)}${'of it tests'.padStart(13)}`,
    ...result.nodes.map((node) => nodeLine(node, result.tests)),
    '',
    `${'the whole warehouse'.padEnd(44)}${'seconds'.padStart(14)}${'ratio'.padStart(11)}${'peak memory'.padStart(14)}`,
    total('hand-written script', limit),
    total('matinee build, tests skipped', untested),
    total('matinee build', tested),
    `Processes from start to exit; median of ${rounds} round(s). Matinee builds two groups side by side; load ${load.toFixed(2)} s of it.`,
    '',
    `${`cost of all ${result.tests.length} tests`.padEnd(44)}${'seconds'.padStart(14)}${'of the build'.padStart(14)}`,
    `${'their own seconds'.padEnd(44)}${testSeconds.toFixed(2).padStart(14)}${share(testSeconds / tested.wall).padStart(14)}`,
    `${'tested less untested build'.padEnd(44)}${(tested.wall - untested.wall).toFixed(2).padStart(14)}${share(1 - untested.wall / tested.wall).padStart(14)}`,
  ];
}

function nodeLine({ node, rows, seconds }, tests) {
  const tested = sum(tests.filter((test) => test.owner === node).map((test) => test.seconds));
  const count = rows?.toLocaleString('en') ?? '';
  return `${node.padEnd(36)}${count.padStart(12)}${seconds.toFixed(2).padStart(10)}${tested.toFixed(2).padStart(13)}`;
}
