/** Where a package's program stands: a script that Node can run. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { root } from './run.mjs';

const require = createRequire(join(root, 'package.json'));

/** @param {string} packageName @param {string} program the name of the command, such as `nx` */
export function binOf(packageName, program) {
  const manifest = require.resolve(`${packageName}/package.json`);
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8'));
  return join(dirname(manifest), typeof bin === 'string' ? bin : bin[program]);
}
