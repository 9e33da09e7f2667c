#!/usr/bin/env node
/** `node tools/bin/fakesnow.mjs [--complete]`: serves fakesnow until it is interrupted, and says where. */
import { hasFakesnow, startFakesnow } from '../fakesnow/start.mjs';

if (!hasFakesnow()) {
  console.error('fakesnow is not installed: node tools/python/install.mjs fakesnow');
  process.exit(2);
}
const fakesnow = await startFakesnow({ complete: process.argv.includes('--complete') });
console.log(fakesnow.url);
for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () => fakesnow.close().then(() => process.exit()));
