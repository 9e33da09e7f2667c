/** `npm test`: installs if needed, then lint and boundaries, types, the warehouse's queries, and every test that needs only Node. */
import { install } from './install.mjs';
import { runNode } from './run.mjs';

await install();
const steps = [
  [
    'Format, lint and import boundaries',
    'node_modules/@biomejs/biome/bin/biome',
    ['check', '--error-on-warnings', '.'],
  ],
  ['Types', 'node_modules/typescript/bin/tsc', ['--noEmit']],
  ['Queries bind on empty tables', 'packages/cli/bin/matinee.mjs', ['check']],
  [
    'Tests',
    'node_modules/vitest/vitest.mjs',
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
