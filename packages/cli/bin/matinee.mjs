#!/usr/bin/env node
/**
 * Starts the command line: brings `dist/` of the engine in step with its sources, then hands over to `dist/main.js`.
 * The version is printed without loading anything.
 */
import { existsSync, readFileSync, realpathSync } from 'node:fs';

const here = new URL('../', import.meta.url);

if (['--version', '-V'].includes(process.argv[2])) {
  const { version } = JSON.parse(readFileSync(new URL('package.json', here), 'utf8'));
  process.stdout.write(`${version}\n`);
} else {
  await start();
}

async function start() {
  const { stripFile, stripTypes } = await import('./strip-types.mjs');
  const engine = [
    folder('.'),
    folder('node_modules/@matinee/core'),
    folder('node_modules/@matinee/ingest'),
    folder('node_modules/@matinee/powerbi'),
    folder('node_modules/@matinee/site'),
  ];
  try {
    // An installed package comes with its dist/ and without sources.
    await stripTypes(engine.filter((path) => path && existsSync(`${path}/src`)));
  } catch (error) {
    process.stderr.write(`error: ${error.message}\n`);
    process.exit(1);
  }
  const { main } = await import('../dist/main.js');
  await main({ stripFile, stripTypes });
}

function folder(path) {
  const url = new URL(path, here);
  return existsSync(url) ? realpathSync(url) : undefined;
}
