#!/usr/bin/env node
import { fileURLToPath } from 'node:url';
import { stripTypes } from '../../packages/cli/bin/strip-types.mjs';

const folder = (path) => fileURLToPath(new URL(path, import.meta.url));
await stripTypes([folder('../../packages/core'), folder('../../packages/ingest'), folder('..')]);
const { main } = await import('../dist/snowflake-conformance/cli.js');
process.exitCode = await main(process.argv.slice(2), process.env);
