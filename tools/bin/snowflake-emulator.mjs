#!/usr/bin/env node
import { fileURLToPath } from 'node:url';
import { stripTypes } from '../../packages/cli/bin/strip-types.mjs';

await stripTypes([fileURLToPath(new URL('..', import.meta.url))]);
const { serve } = await import('../dist/snowflake-emulator/cli.js');
process.exitCode = await serve(process.argv.slice(2));
