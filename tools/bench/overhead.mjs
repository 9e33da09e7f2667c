/**
 * What candidates, publication and the ledger cost beside plain `create table as`.
 *
 * Both sides begin with copies of one file that holds raw tables, seeds and views, and make every model that is stored as a
 * table: Matinee with one thread, untested, and a plain connection with the statements that Matinee was seen to run, in
 * that order, under the tables' own names. Who begins changes from round to round.
 * Then Matinee makes them once more: rows come out the same, which is found out by their hashes.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { measure } from './measure.mjs';
import { change, median, seconds, share, sum } from './numbers.mjs';
import { PARTS, partsOf, plainScript } from './statements.mjs';

const STORED = ['table', 'incremental'];

/**
 * @param {import('./matinee.mjs').Bench} bench
 * @param {number} rounds
 */
export async function measureOverhead(bench, rounds) {
  const names = await bench.nodes(
    ({ kind, materialized }) => kind === 'model' && STORED.includes(materialized),
  );
  const views = await bench.nodes(({ kind, materialized }) => kind === 'model' && materialized === 'view');
  console.error('overhead: loading raw tables …');
  const base = bench.fresh('overhead-base');
  await bench.build(base, ['--skip-tests', '--select', 'kind:source', 'kind:seed', ...views]);
  const job = { bench, base, script: bench.fileOf('overhead-plain', 'json'), names };
  const measured = [];
  for (let round = 1; round <= rounds; round++) {
    console.error(`overhead, round ${round} of ${rounds} …`);
    measured.push(await (round % 2 === 1 ? matineeFirst(job) : plainFirst(job)));
  }
  for (const name of ['overhead-base', 'overhead-matinee', 'overhead-plain']) bench.fresh(name);
  rmSync(job.script);
  return { names, measured };
}

async function matineeFirst(job) {
  const build = await withMatinee(job);
  // What plain statements are is known once Matinee has run them.
  writeFileSync(job.script, JSON.stringify(plainScript(build.statements)));
  const plain = await withoutMatinee(job);
  requireSameRows(build, plain);
  return { build, plain, again: await again(job) };
}

async function plainFirst(job) {
  const plain = await withoutMatinee(job);
  const build = await withMatinee(job);
  requireSameRows(build, plain);
  return { build, plain, again: await again(job) };
}

function withMatinee({ bench, base, names }) {
  return rebuild(bench, bench.copy(base, 'overhead-matinee'), names);
}

function again({ bench, names }) {
  return rebuild(bench, bench.fileOf('overhead-matinee'), names);
}

async function rebuild(bench, file, names) {
  const options = ['--full-refresh', '--skip-tests', '--threads', '1', '--select', ...names];
  const build = await bench.build(file, options, { recorded: true });
  return { ...build, parts: partsOf(build.statements, build.seconds) };
}

async function withoutMatinee({ bench, base, script }) {
  const file = bench.copy(base, 'overhead-plain');
  const { lines, ...measured } = await measure(['tools/bench/plain.mjs', script, file]);
  return {
    ...measured,
    seconds: sum(lines.map((line) => line.seconds)),
    rows: lines.map(({ rows }) => rows),
  };
}

function requireSameRows({ result }, plain) {
  const ours = result.nodes.filter(({ status }) => status === 'ok').map(({ rows }) => rows);
  const [left, right] = [ours, plain.rows].map((rows) => rows.toSorted((a, b) => a - b).join(' '));
  if (left !== right) throw new Error(`Both sides should have the same rows:\n${left}\n${right}`);
}

/** @param {Awaited<ReturnType<typeof measureOverhead>>} overhead */
export function overheadLines({ names, measured }) {
  const row = (title, values, ratios) => {
    const spread = `${change(Math.min(...ratios))} to ${change(Math.max(...ratios))}`;
    return `${title.padEnd(44)}${seconds(median(values)).padStart(14)}${change(median(ratios)).padStart(14)}${spread.padStart(22)}`;
  };
  const of = (pick) => measured.map(pick);
  const part = (name) =>
    `${`  ${name}`.padEnd(44)}${seconds(median(of(({ build }) => build.parts[name]))).padStart(14)}${share(median(of(({ build }) => build.parts[name] / build.seconds))).padStart(14)}`;
  const beside = ({ build }) => build.seconds - build.parts.create;
  const hashes = ({ again }) => again.parts['row hashes'];
  const changed = measured.at(-1).again.result.nodes.filter(({ rowsChanged }) => rowsChanged);
  return [
    `${`${names.length} tables, one after the other`.padEnd(44)}${'seconds'.padStart(14)}${'overhead'.padStart(14)}${'spread'.padStart(22)}`,
    `${'plain create table as: the statements'.padEnd(44)}${seconds(median(of(({ plain }) => plain.seconds))).padStart(14)}`,
    row(
      'matinee: the whole build',
      of(({ build }) => build.seconds),
      of(({ build, plain }) => build.seconds / plain.seconds - 1),
    ),
    row(
      '  beside its own create table as',
      of(beside),
      of((round) => beside(round) / round.build.parts.create),
    ),
    `${'plain: process, from start to exit'.padEnd(44)}${seconds(median(of(({ plain }) => plain.wall))).padStart(14)}`,
    row(
      'matinee: process, from start to exit',
      of(({ build }) => build.wall),
      of(({ build, plain }) => build.wall / plain.wall - 1),
    ),
    `${'plain: processor time'.padEnd(44)}${seconds(median(of(({ plain }) => plain.processor))).padStart(14)}`,
    row(
      'matinee: processor time',
      of(({ build }) => build.processor),
      of(({ build, plain }) => build.processor / plain.processor - 1),
    ),
    row(
      'row hashes, where all tables stood before',
      of(hashes),
      of((round) => hashes(round) / round.again.parts.create),
    ),
    '',
    `${"Matinee's build is made of".padEnd(44)}${'seconds'.padStart(14)}${'share'.padStart(14)}`,
    ...PARTS.filter((name) => name !== 'row hashes').map(part),
    '',
    'Both make the same tables with the same statements from copies of one file, one connection, the same settings, no tests.',
    'The second overhead is of the build itself, what is not `create table as` in it against what is: less noise.',
    'Row hashes: the same tables made again; each is read twice, as it stood and as it is now. Against their `create table as`.',
    ...(changed.length > 0 ? [`Not the same rows: ${changed.map(({ node }) => node).join(', ')}.`] : []),
    `Median of ${measured.length} round(s); who begins changes.`,
  ];
}
