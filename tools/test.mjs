/** `npm test`: installs if needed, then lint and boundaries, types, the warehouse's queries, and every test that needs only Node. */
import { binOf } from './bin-of.mjs';
import { install } from './install.mjs';
import { runNode } from './run.mjs';

await install();
const steps = [
  [
    'Format, lint and import boundaries',
    binOf('@biomejs/biome', 'biome'),
    ['check', '--error-on-warnings', '.'],
  ],
  ['Types', binOf('typescript', 'tsc'), ['--noEmit']],
  ['Types of what browsers run', binOf('typescript', 'tsc'), ['--noEmit', '-p', 'tsconfig.browser.json']],
  ['Queries bind on empty tables', 'packages/cli/bin/matinee.mjs', ['check']],
  [
    'Tests',
    binOf('vitest', 'vitest'),
    [
      'run',
      '--reporter=default',
      '--reporter=json',
      '--outputFile.json=target/test-report.json',
      ...process.argv.slice(2),
    ],
  ],
];

for (const [title, script, args] of steps) {
  console.log(`\n▸ ${title}`);
  const status = await runNode(script, args);
  if (status !== 0) process.exit(status);
}
