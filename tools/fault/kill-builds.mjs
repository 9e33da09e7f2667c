/**
 * `pnpm fault`: kills builds at random moments, with real changes in between, and looks from outside at what they leave.
 * The exit code is 1 if anything is wrong; seed and iteration are printed, so that it can be had again.
 */
import { readOptions } from '../seeded/read-options.mjs';
import { DuckDbSite } from './duckdb-site.mjs';
import { FaultTest } from './fault-test.mjs';
import { killLine, reportLines, summaryOf, violationLines } from './report.mjs';
import { SnowflakeSite } from './snowflake-site.mjs';
import { Workspace } from './workspace.mjs';

const HELP = `pnpm fault [--kills N] [--seed N] [--rows N] [--snowflake] [--json]

Kills builds of a small warehouse with SIGKILL at random moments. After each kill every published relation has to be as it
was before the build or as a clean build makes it; the next build has to end well and equal a clean build.

  --kills N  builds to kill (default 200; some 5 s each)
  --seed N   decides data, changes and moments (default: another each time)
  --rows N   orders to begin with (default 100000; 2000 on Snowflake)
  --snowflake  builds in our emulator of Snowflake, in a process of its own, instead of a DuckDB file
  --json     prints the report as JSON
  --keep     keeps the workspace; it is kept in any case if something is wrong`;

const { kills, seed, json, keep, snowflake, rows } = readOptions(HELP, { kills: 200, rows: undefined }, [
  'keep',
  'snowflake',
]);

const started = performance.now();
const workspace = new Workspace();
let keeps = keep;
process.on('exit', () => {
  if (!keeps) workspace.remove();
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(130));

const site = snowflake ? new SnowflakeSite(workspace) : new DuckDbSite(workspace);
await site.open();
const test = new FaultTest({ workspace, site, seed, rows: rows ?? (snowflake ? 2_000 : 100_000) });
console.error(`${kills} kills, seed ${seed}; the first build is let alone …`);
await test.prepare();
await test.run(kills, (kill) => {
  console.error(killLine(kill, test.kills.length, kills, test.violations.length));
});
await site.close();

const summary = summaryOf(test, seed, (performance.now() - started) / 1000);
if (json) console.log(JSON.stringify(summary, undefined, 2));
else {
  console.log(`\n${reportLines(summary).join('\n')}`);
  for (const violation of test.violations) console.log(violationLines(violation).join('\n'));
}
if (test.violations.length > 0) {
  keeps = true;
  console.error(`The files of the first violation: ${test.evidence}`);
  process.exitCode = 1;
}
if (keeps) console.error(`The workspace: ${workspace.root}`);
