/** `npm start`: installs, makes the sample data if no source is given, builds every domain, writes the site, and tells what is there. */
import { resolve } from 'node:path';
import { binOf } from './bin-of.mjs';
import { install } from './install.mjs';
import { root, runNode } from './run.mjs';

const SAMPLE = 'target/sample';
const CLI = 'packages/cli/bin/matinee.mjs';

const here = process.env.INIT_CWD ?? process.cwd();
const given = process.env.MATINEE_SOURCE;

await install();
if (!given) await step(runNode('tools/bin/generate-data.mjs', ['--out', SAMPLE, '--scale', 'small']));
const source = !given ? resolve(root, SAMPLE) : given.includes('://') ? given : resolve(here, given);
const env = {
  MATINEE_SOURCE: source,
  NX_DAEMON: 'false',
  NX_ISOLATE_PLUGINS: 'false',
  // Nx asks its tasks for colours even where nobody sees them.
  ...(!process.stdout.isTTY && { FORCE_COLOR: '0', NO_COLOR: '1' }),
};
const nx = ['run-many', '-t', 'build-warehouse', '--parallel=3', '--output-style=stream-without-prefixes'];
await step(runNode(binOf('nx', 'nx'), nx, { env }));
await step(runNode(CLI, ['summary'], { env }));
console.log('');
await step(runNode(CLI, ['site', 'build', '--single-file'], { env }));

async function step(running) {
  const status = await running;
  if (status !== 0) process.exit(status);
}
