/**
 * `node tools/python/install.mjs FOLDER …`: installs what folders of tools/ require of Python. Where that cannot be done, it
 * says so, and the tests that need it are skipped.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import { pythonEnvironment } from './environment.mjs';

for (const folder of process.argv.slice(2)) {
  try {
    install(folder);
  } catch (error) {
    console.error(
      `tools/${folder}/requirements.txt could not be installed: ${error.message}\nTests that need it are skipped.`,
    );
    process.exitCode = 1;
  }
}

function install(folder) {
  const environment = pythonEnvironment(folder);
  if (environment.isReady()) return;
  console.log(`Installing what tools/${folder} requires of Python …`);
  const python = ['python3', 'python'].find((name) => spawnSync(name, ['--version']).status === 0);
  if (!python) throw new Error('there is no Python 3 on this machine.');
  run(python, ['-m', 'venv', environment.path]);
  run(environment.program('pip'), [
    'install',
    '--quiet',
    '--disable-pip-version-check',
    '-r',
    environment.requirements,
  ]);
  copyFileSync(environment.requirements, environment.marker);
}

function run(program, args) {
  const { status, error, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${error?.message ?? stderr.trim()}`);
}
