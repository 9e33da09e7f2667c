#!/usr/bin/env node
import { fileURLToPath } from 'node:url';
import { stripTypes } from '../../packages/cli/bin/strip-types.mjs';

await stripTypes([fileURLToPath(new URL('..', import.meta.url))]);
const { main } = await import('../dist/movielens/cli.js');
process.exitCode = await main(process.argv.slice(2));
