#!/usr/bin/env node
/** Serves fakesnow until it is interrupted, and says where. */
import { parseArgs } from 'node:util';
import { hasFakesnow, startFakesnow } from '../fakesnow/start.mjs';

const HELP = `Usage: node tools/bin/fakesnow.mjs [options]

Serves fakesnow, an emulator of Snowflake that others have written, on a free port of this machine. Prints its address once it
answers, and ends when it is interrupted. \`node tools/python/install.mjs fakesnow\` installs it.

  --complete  add what it lacks and a build of the warehouse needs
  --help      this text
`;

const { values } = parseArgs({
  options: { complete: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
});
if (values.help) {
  process.stdout.write(HELP);
  process.exit(0);
}
if (!hasFakesnow()) {
  console.error('fakesnow is not installed: node tools/python/install.mjs fakesnow');
  process.exit(2);
}
const fakesnow = await startFakesnow({ complete: values.complete });
console.log(fakesnow.url);
for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () => fakesnow.close().then(() => process.exit()));
