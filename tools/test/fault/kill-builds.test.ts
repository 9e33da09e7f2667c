import { expect, it } from 'vitest';
import { root, run } from '../support.js';

const SCRIPT = 'tools/fault/kill-builds.mjs';
/** A few: `pnpm fault` kills as many as it is told to. */
const KILLS = 2;

interface Summary {
  readonly kills: number;
  readonly violations: readonly unknown[];
  readonly outcomes: Readonly<Record<string, number>>;
}

function fault(...args: readonly string[]) {
  return run(process.execPath, [SCRIPT, ...args], root);
}

it('builds killed at random moments leave what was published readable and the next build right', async () => {
  const { status, stdout, stderr } = await fault(
    '--kills',
    String(KILLS),
    '--seed',
    '7',
    '--rows',
    '5000',
    '--json',
  );
  expect(stdout, stderr).not.toBe('');
  const summary = JSON.parse(stdout) as Summary;
  expect(summary.violations).toEqual([]);
  expect(summary.kills).toBe(KILLS);
  expect(Object.values(summary.outcomes).reduce((sum, count) => sum + count, 0)).toBe(KILLS);
  expect(status).toBe(0);
}, 240_000);

it('the script refuses figures that make no sense and explains itself', async () => {
  const refused = await fault('--kills', 'many');
  expect([refused.status, refused.stderr]).toEqual([
    2,
    "--kills takes a whole number above 0, not 'many'.\n",
  ]);
  const help = await fault('--help');
  expect(help.status).toBe(0);
  expect(help.stdout).toMatch(/^pnpm fault \[--kills N\]/);
});
