/** AssemblyScript's compiler, which makes the scan's fast lane: 100 MB that only who changes the lane needs. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const VERSION = '0.28.20';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const ingest = join(root, 'packages', 'ingest');

/** Where it is installed. */
export const folder = join(root, 'target', 'assemblyscript');
/** What it compiles the lane to. */
export const lane = join(ingest, 'src', 'scan', 'fast-lane.wasm');

const library = join(folder, 'node_modules', 'assemblyscript');

/** Whether this version is installed. */
export function hasCompiler() {
  const manifest = join(library, 'package.json');
  return existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).version === VERSION;
}

/** Compiles the lane's sources to a file. @throws what the compiler complains of. */
export async function compileLane(target) {
  const { default: asc } = await import(pathToFileURL(join(library, 'dist', 'asc.js')).href);
  const { error, stderr } = await asc.main(['--baseDir', ingest, '--outFile', target]);
  if (error) throw new Error(stderr.toString(), { cause: error });
}
