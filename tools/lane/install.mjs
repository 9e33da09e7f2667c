/** `node tools/lane/install.mjs`: installs the compiler of the fast lane below target/. */
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { folder, hasCompiler, VERSION } from './compiler.mjs';

if (!hasCompiler()) {
  console.log('Installing the compiler of the fast lane …');
  mkdirSync(folder, { recursive: true });
  const { status, error, stderr } = spawnSync(
    'npm',
    ['install', '--prefix', folder, '--no-save', '--no-audit', '--no-fund', `assemblyscript@${VERSION}`],
    { encoding: 'utf8', shell: process.platform === 'win32' },
  );
  if (status !== 0) {
    console.error(
      `It could not be installed: ${error?.message ?? stderr.trim()}\nThe test that needs it is skipped.`,
    );
    process.exitCode = 1;
  }
}
