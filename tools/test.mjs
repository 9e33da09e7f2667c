/** `npm test`: installs if needed, then lint and boundaries, types, the warehouse's queries, and every test that needs only Node. */
import { binOf } from './bin-of.mjs';
import { install } from './install.mjs';
import { runNode } from './run.mjs';

await install();
const types = (name, ...args) => [
  binOf('typescript', 'tsc'),
  ['--noEmit', '--incremental', '--tsBuildInfoFile', `target/types/${name}.tsbuildinfo`, ...args],
];
/** What runs after another, each with the programs that run side by side for it. */
const steps = [
  [
    'Format, lint and import boundaries',
    [[binOf('@biomejs/biome', 'biome'), ['check', '--error-on-warnings', '.']]],
  ],
  [
    'Types, and those of what browsers run',
    [types('project'), types('browser', '-p', 'tsconfig.browser.json')],
  ],
  ['Queries bind on empty tables', [['packages/cli/bin/matinee.mjs', ['check']]]],
  [
    'Tests',
    [
      [
        binOf('vitest', 'vitest'),
        [
          'run',
          '--reporter=default',
          '--reporter=json',
          '--outputFile.json=target/test-report.json',
          ...process.argv.slice(2),
        ],
      ],
    ],
  ],
];

for (const [title, programs] of steps) {
  console.log(`\n▸ ${title}`);
  const statuses = await Promise.all(programs.map(([script, args]) => runNode(script, args)));
  const failed = statuses.find((status) => status !== 0);
  if (failed !== undefined) process.exit(failed);
}
