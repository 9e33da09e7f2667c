/**
 * `node tools/browser/install.mjs`: makes sure of a Chromium for the browser tests. Where there is none, Debian's package is
 * installed, which needs root; elsewhere it says so, and the tests are skipped.
 */
import { spawnSync } from 'node:child_process';
import { findChromium } from './find-chromium.mjs';

if (!findChromium()) {
  console.log('Installing Chromium for the browser tests …');
  const isDone =
    process.getuid?.() === 0 &&
    apt('update') &&
    apt('install', '--yes', '--no-install-recommends', 'chromium') &&
    findChromium() !== undefined;
  if (!isDone) {
    console.error(
      'It could not be installed: Debian, root and a network are needed. The browser tests are skipped.',
    );
    process.exitCode = 1;
  }
}

function apt(...args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const { status, stderr } = spawnSync('apt-get', ['--quiet', ...args], { encoding: 'utf8', env });
  if (status !== 0 && stderr) console.error(stderr.trim());
  return status === 0;
}
