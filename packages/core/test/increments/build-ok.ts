import { expect } from 'vitest';
import type { RunResult } from '../../src/index.js';
import type { Lab } from '../support/lab.js';

/** A build in which nothing may fail; the errors are shown if something does. */
export async function buildOk(
  lab: Lab,
  ...[declarations, options]: Parameters<Lab['build']>
): Promise<RunResult> {
  const result = await lab.build(declarations, options);
  expect(result.nodes.flatMap(({ error }) => error?.message ?? [])).toEqual([]);
  expect(result.status).toBe('ok');
  return result;
}
