/** Programs of the tests that Python's pip installs, each in an environment of its own below target/. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const isWindows = process.platform === 'win32';

/** @param {string} folder the folder of tools/ that has the program's requirements.txt */
export function pythonEnvironment(folder) {
  const path = join(root, 'target', `python-${folder}`);
  const requirements = join(root, 'tools', folder, 'requirements.txt');
  const marker = join(path, 'installed.txt');
  return {
    path,
    requirements,
    marker,
    /** Where a program of it would stand. */
    program: (name) => join(path, isWindows ? 'Scripts' : 'bin', isWindows ? `${name}.exe` : name),
    /** Whether all that is required now is installed. */
    isReady: () => existsSync(marker) && readFileSync(marker, 'utf8') === readFileSync(requirements, 'utf8'),
  };
}
