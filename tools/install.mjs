/** Installs the workspace's packages with the pinned pnpm, unless they are installed as the lock file says. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './run.mjs';

const marker = join(root, 'node_modules/.matinee-installed');

export async function install() {
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'pnpm-lock.yaml')))
    .digest('hex');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return;
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  console.log(`Installing packages with ${packageManager} …`);
  const status = await run(
    'npx',
    [
      ...['--yes', packageManager, 'install', '--frozen-lockfile', '--reporter=append-only'],
      // What `pnpm install --prod` has made is replaced without a question that nobody may be there to answer.
      '--config.confirm-modules-purge=false',
    ],
    {
      shell: process.platform === 'win32',
      quiet: true,
    },
  );
  if (status !== 0) {
    console.error('The packages could not be installed: see above. Is the network there?');
    process.exit(status);
  }
  writeFileSync(marker, wanted);
}
