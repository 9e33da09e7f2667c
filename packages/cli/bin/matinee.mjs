#!/usr/bin/env node
/** Starts the command line. The version is printed without loading anything. */
import { readFileSync } from 'node:fs';

if (['--version', '-V'].includes(process.argv[2])) {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  process.stdout.write(`${version}\n`);
} else {
  await start();
}

async function start() {
  const { stripEngine, stripper } = await import('./engine.mjs');
  await stripEngine().catch((error) => {
    process.stderr.write(`error: ${error.message}\n`);
    process.exit(1);
  });
  const { main } = await import('../dist/main.js');
  await main(stripper);
}
