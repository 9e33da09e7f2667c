/**
 * `pnpm bench:site`: what the site of a warehouse costs whoever looks at it: bytes, the first chart of each page, and changes
 * of filters, in headless Chromium.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { findChromium } from '../browser/find-chromium.mjs';
import { root } from '../run.mjs';
import { randomOf } from '../seeded/random.mjs';
import { measure } from './measure.mjs';
import { median } from './numbers.mjs';
import { FILTERS } from './site-filters.mjs';
import { measureFilters, measureFirst, WARM } from './site-page.mjs';

const HELP = `pnpm bench:site [--database FILE] [--changes N] [--rounds N] [--seed N]

  --database  a DuckDB warehouse (default: that of pnpm bench, target/bench/matinee.duckdb)
  --changes   of the filter of each page (default: 20)
  --rounds    of opening each page (default: 3)

Prints medians, and the worst of the changes: CPU is the main thread's, wall goes from the event of the control to the end of
the frame in which all that is in sight shows its new numbers. "All" is a window that holds the whole page. The site goes to
target/bench/site.`;

const CLI = 'packages/cli/bin/matinee.mjs';
const VARIABLES = JSON.stringify({ ratings_since: null });
const OUT = join(root, 'target/bench/site');
const PAGES = ['', 'audience', 'genre/Drama', 'tags', 'recommendations'];

const { values } = parseArgs({
  options: {
    database: { type: 'string', default: join(root, 'target/bench/matinee.duckdb') },
    changes: { type: 'string', default: '20' },
    rounds: { type: 'string', default: '3' },
    seed: { type: 'string', default: '7' },
    help: { type: 'boolean', short: 'h', default: false },
  },
});
if (values.help) {
  console.log(HELP);
  process.exit(0);
}
const executablePath = findChromium();
if (!executablePath) refuse('There is no Chromium here. Install it, or set MATINEE_CHROMIUM.');
const database = resolve(values.database);
if (!existsSync(database)) refuse(`There is no warehouse at ${database}. Name one with --database.`);

const folder = await buildSite(['--out', OUT]);
const single = await buildSite(['--single-file', '--out', `${OUT}.html`]);
const server = await serve();
const { chromium } = createRequire(join(root, 'packages/site/package.json'))('playwright-core');
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
try {
  const opened = [];
  for (const page of PAGES) opened.push([page, await repeat(() => measureFirst(browser, server.url, page))]);
  const changed = [];
  for (const [page, some] of Object.entries(FILTERS)) {
    const choose = (opened) => some(opened, randomOf(Number(values.seed)), Number(values.changes) + WARM);
    const measured = [];
    for (const isWhole of [false, true])
      measured.push(await measureFilters(browser, server.url, page, choose, isWhole));
    changed.push([page, measured]);
  }
  console.log(['', ...byteLines(), '', ...firstLines(opened), '', ...changeLines(changed)].join('\n'));
} finally {
  await browser.close();
  server.stop();
}

async function buildSite(options) {
  const { lines } = await measure([CLI, 'site', 'build', '--json', '--vars', VARIABLES, ...options], {
    env: { MATINEE_DATABASE: database },
  });
  return lines.find(({ type }) => type === 'site_built');
}

/** A process of its own, so that it takes nothing from the one that measures. */
async function serve() {
  const child = spawn(process.execPath, [CLI, 'site', 'serve', '--json', '--port', '0', '--out', OUT], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout }))
    return { url: JSON.parse(line).url, stop: () => child.kill('SIGINT') };
  throw new Error('The site is not served.');
}

async function repeat(run) {
  const results = [];
  for (let round = 0; round < Number(values.rounds); round++) results.push(await run());
  return results;
}

function byteLines() {
  const bytes = (files, kind) => files.reduce((sum, file) => sum + file[kind], 0);
  const megabytes = (value) => `${(value / 1e6).toFixed(2)} MB`;
  return [
    row('bytes', ['as they are', 'gzipped']),
    ...[
      ['the folder, all files', folder.files],
      ['the single file', single.files],
    ].map(([name, files]) =>
      row(
        name,
        ['bytes', 'gzipped'].map((kind) => megabytes(bytes(files, kind))),
      ),
    ),
  ];
}

function firstLines(opened) {
  const cells = (all) => ['wall', 'processor'].map((kind) => millis(all.map((one) => one[kind])));
  return [
    row('first chart, or headline numbers', ['wall', 'CPU']),
    ...opened.map(([page, all]) => row(`#/${page}`, cells(all))),
  ];
}

/** In a window of a usual size, and in one that holds the whole page. */
function changeLines(changed) {
  const cells = (all) =>
    ['processor', 'wall'].flatMap((kind) => {
      const each = all.map((one) => one[kind]);
      return [millis(each), `${Math.max(...each).toFixed(0)} ms`];
    });
  const head = ['CPU', 'worst', 'wall', 'worst'];
  return [
    row('a filter changes', [...head, ...head.map((text) => `${text}, all`)]),
    ...changed.map(([page, both]) => row(`#/${page}, ${both[0].length} times`, both.flatMap(cells))),
  ];
}

function millis(all) {
  return `${median(all).toFixed(0)} ms`;
}

function row(name, cells) {
  return name.padEnd(36) + cells.map((cell) => cell.padStart(12)).join('');
}

function refuse(message) {
  console.error(message);
  process.exit(2);
}
