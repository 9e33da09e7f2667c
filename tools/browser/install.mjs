/**
 * `node tools/browser/install.mjs`: makes sure of a Chromium for the browser tests. Where there is none, Debian's package is
 * installed, which needs root; elsewhere it says so, and the tests are skipped.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

if (!process.env.MATINEE_CHROMIUM && !NAMES.some(isInstalled)) {
  console.log('Installing Chromium for the browser tests …');
  const isDone =
    process.getuid?.() === 0 &&
    apt('update') &&
    apt('install', '--yes', '--no-install-recommends', 'chromium') &&
    isInstalled('chromium');
  if (!isDone) {
    console.error(
      'It could not be installed: Debian, root and a network are needed. The browser tests are skipped.',
    );
    process.exitCode = 1;
  }
}

function isInstalled(name) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, name)));
}

function apt(...args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const { status, stderr } = spawnSync('apt-get', ['--quiet', ...args], { encoding: 'utf8', env });
  if (status !== 0 && stderr) console.error(stderr.trim());
  return status === 0;
}
