import { expect, it } from 'vitest';
import { root, run } from '../support.js';

const SCRIPT = 'tools/fault/kill-builds.mjs';

it('builds on Snowflake that are killed leave each table old or new, and the next one ends as a clean build on DuckDB', async () => {
  const options = ['--snowflake', '--kills', '1', '--seed', '3', '--rows', '500', '--json'];
  const { status, stdout, stderr } = await run(process.execPath, [SCRIPT, ...options], root);
  expect(stdout, stderr).not.toBe('');
  expect(JSON.parse(stdout)).toMatchObject({ violations: [], kills: 1, late: expect.any(Number) });
  expect(status).toBe(0);
}, 240_000);
