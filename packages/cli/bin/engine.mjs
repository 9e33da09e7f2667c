import { existsSync, realpathSync } from 'node:fs';
import { stripFile, stripTypes } from './strip-types.mjs';

const here = new URL('../', import.meta.url);

/** What the command line needs to make JavaScript of a workspace's TypeScript. */
export const stripper = { stripFile, stripTypes };

/** Brings `dist/` of the engine in step with its sources. */
export async function stripEngine() {
  const engine = [
    folder('.'),
    folder('node_modules/@matinee/core'),
    folder('node_modules/@matinee/ingest'),
    folder('node_modules/@matinee/powerbi'),
    folder('node_modules/@matinee/site'),
  ];
  // An installed package comes with its dist/ and without sources.
  await stripTypes(engine.filter((path) => path && existsSync(`${path}/src`)));
}

function folder(path) {
  const url = new URL(path, here);
  return existsSync(url) ? realpathSync(url) : undefined;
}
