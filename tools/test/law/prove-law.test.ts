import { expect, it } from 'vitest';
import { root, run } from '../support.js';

interface Summary {
  readonly sequences: number;
  readonly compared: number;
  readonly nodes: Readonly<Record<string, { readonly increments: number }>>;
  readonly violations: readonly { readonly differences: readonly string[] }[];
}

async function law(...args: readonly string[]) {
  const finished = await run(process.execPath, ['tools/law/prove-law.mjs', ...args], root);
  const summary = () => JSON.parse(finished.stdout || `"${finished.stderr}"`) as Summary;
  return { ...finished, summary };
}

it('every incremental table of the warehouse equals its full refresh after any sequence of builds', async () => {
  const { status, summary } = await law('--sequences', '3', '--seed', '11', '--ratings', '200', '--json');
  const { sequences, compared, nodes, violations } = summary();
  expect(violations).toEqual([]);
  expect([status, sequences]).toEqual([0, 3]);
  expect(compared).toBeGreaterThan(6);
  expect(Object.keys(nodes).sort()).toEqual([
    'fct_user_behaviour_genres',
    'fct_user_behaviour_genres_concat',
    'int_user_daily_ratings',
    'src_ratings',
  ]);
  expect(nodes.src_ratings?.increments).toBeGreaterThan(0);
}, 120_000);

it('a row that an increment would have left wrong is told, with the sequence that led to it', async () => {
  const { status, stderr, summary } = await law('--only', '2', '--seed', '11', '--tamper', '--json');
  // what reads the table is wrong as well
  expect(summary().violations[0]?.differences).toContainEqual(
    expect.stringMatching(/^fct_user_behaviour_genres_concat \d+: /),
  );
  expect(stderr).toContain('✗ sequence 2: again with --seed 11 --only 2');
  expect(status).toBe(1);
}, 60_000);

it('the script refuses figures that make no sense and explains itself', async () => {
  const refused = await law('--sequences', 'many');
  expect([refused.status, refused.stderr]).toEqual([
    2,
    "--sequences takes a whole number above 0, not 'many'.\n",
  ]);
  const help = await law('--help');
  expect(help.status).toBe(0);
  expect(help.stdout).toMatch(/^pnpm law \[--sequences N\]/);
});
