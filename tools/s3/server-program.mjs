/** Where the S3 server of the tests is installed. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const scripts = process.platform === 'win32' ? 'Scripts' : 'bin';

/** A Python environment of its own. */
export const environment = join(root, 'target', 's3-server');
export const requirements = join(root, 'tools', 's3', 'requirements.txt');
export const pip = join(environment, scripts, process.platform === 'win32' ? 'pip.exe' : 'pip');

/** The program's path, or undefined where it is not installed. */
export function serverProgram() {
  const program = join(environment, scripts, process.platform === 'win32' ? 'weed.exe' : 'weed');
  return existsSync(program) ? program : undefined;
}
