import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, describe, expect, it } from 'vitest';
import { runMatinee } from '../support/run-matinee.js';
import { TestWorkspace } from '../support/workspace.js';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

const shop = new TestWorkspace();
afterAll(() => shop.remove());

describe('matinee', () => {
  it.each(['--version', '-V'])('%s prints the version', async (option) => {
    expect(await runMatinee([option], { cwd: tmpdir() })).toEqual({
      code: 0,
      stdout: `${version}\n`,
      stderr: '',
    });
  });

  it('--help lists all commands, anywhere', async () => {
    const { code, stdout } = await runMatinee(['--help'], { cwd: tmpdir() });
    expect(code).toBe(0);
    const commands = [...stdout.matchAll(/^ {2}(\w+)(?:\|\w+)? +\[?/gm)].map(([, name]) => name);
    expect(commands).toEqual(
      expect.arrayContaining(
        'plan build retry load run test seed snapshot check compile show diff verify ls lineage summary history rejects freshness debug gc clean powerbi'.split(
          ' ',
        ),
      ),
    );
    expect(stdout).toContain('Exit codes: 0 all well');
  });

  it.each([
    'plan',
    'build',
    'retry',
    'run',
    'show',
    'diff',
    'verify',
    'ls',
    'history',
    'rejects',
    'freshness',
    'gc',
    'powerbi',
  ])('%s --help shows examples', async (command) => {
    const { code, stdout } = await shop.run([command, '--help'], { cwd: tmpdir() });
    expect(code).toBe(0);
    expect(stdout).toContain(`Usage: matinee ${command}`);
    expect(stdout).toMatch(new RegExp(`Examples:\n {2}matinee ${command}`));
  });

  it('without a command prints the help and fails', async () => {
    const { code, stdout, stderr } = await runMatinee([], { cwd: tmpdir() });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^Usage: matinee/);
  });

  it.each([
    [['biuld'], "error USAGE  Unknown command 'biuld'.\n  → Did you mean build?\n"],
    [['build', '--selct', 'x'], "error USAGE  Unknown option '--selct'.\n  → Did you mean --select?\n"],
    [['build', 'x'], /^error USAGE {2}Too many arguments.*\n {2}→ Name nodes with --select NODE\.\n$/],
    [['lineage'], /^error USAGE {2}Missing required argument 'node'\.\n/],
    [['build', '--threads', '0'], "error USAGE  --threads takes a whole number above 0, not '0'.\n"],
    [['show', 'x', '--limit', '0'], "error USAGE  --limit takes a whole number above 0, not '0'.\n"],
    [['lineage', 'x', '--depth', '1.5'], "error USAGE  --depth takes a whole number above 0, not '1.5'.\n"],
    [['build', '--lock-timeout', 'x'], "error USAGE  --lock-timeout takes a number of seconds, not 'x'.\n"],
    [
      ['build', '--sample', '100%'],
      /^error USAGE {2}--sample takes a share above 0% and below 100%, not '100%'\.\n {2}→ Write it as --sample 1%/,
    ],
    [
      ['plan', '--sample', '1%', '--empty'],
      /^error USAGE {2}Option '--empty' cannot be used with option '--sample <share>'\./,
    ],
    [['build', '--defer', 'prd'], /^error TARGET_UNKNOWN {2}No target is called 'prd'/],
    [['diff', 'countries'], /^error USAGE {2}Missing required argument 'right'\.\n/],
    [
      ['diff', 'countries', 'a.b.c'],
      "error USAGE  'a.b.c' names no table.\n  → Write a node, schema.table, TARGET:node or TARGET:schema.table.\n",
    ],
    [['show'], 'error USAGE  Name one node, or give a query with --inline.\n'],
    [
      ['ls', '--select', 'raw_ordrs'],
      "error SELECTOR  Nothing is selected by 'raw_ordrs'.\n  → Did you mean 'raw_orders'?\n",
    ],
    [['build', '--vars', '{x'], /^error VARS_JSON {2}--vars is no JSON: .*\n {2}→ Quote it for the shell/],
    [
      ['build', '--vars', '{"nope":1}'],
      /^error VARIABLE_UNKNOWN .*\n {2}→ The project has: min_amount, since\.\n$/,
    ],
    [
      ['check', '--vars', '{"min_amount":"x"}'],
      /^error VARIABLE_TYPE .*\n {2}packages\/models-base\/src\/variables\.ts:3\n/,
    ],
    [
      ['ls', '--target', 'prd'],
      "error TARGET_UNKNOWN  No target is called 'prd'.\n  → matinee.config.ts has: dev, prod.\n",
    ],
  ])('%j is wrong usage: 2, told on stderr', async (args, message) => {
    const { code, stdout, stderr } = await shop.run(args);
    expect([code, stdout]).toEqual([2, '']);
    if (typeof message === 'string') expect(stderr).toBe(message);
    else expect(stderr).toMatch(message);
  });

  it('tells wrong usage as JSON where JSON is asked for', async () => {
    const { code, stdout, stderr } = await shop.run(['build', '--nope', '--json']);
    expect([code, stderr]).toEqual([2, '']);
    expect(JSON.parse(stdout)).toMatchObject({
      type: 'error',
      code: 'USAGE',
      message: "Unknown option '--nope'.",
    });
  });

  it('needs a workspace', async () => {
    const { code, stderr } = await runMatinee(['ls'], { cwd: tmpdir() });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error WORKSPACE_MISSING {2}There is no pnpm-workspace\.yaml in /);
  });

  it('that fails ends its process with 1, and tells why on stderr', async () => {
    const { code, stdout, stderr } = await runMatinee(['show', 'countries'], { cwd: shop.root });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^error NODE_NOT_BUILT /);
  });

  it('works in any folder of the workspace', async () => {
    const { code, stdout } = await runMatinee(['ls', '--select', 'countries', '--output', 'name'], {
      cwd: `${shop.root}/packages/models-sales/src`,
    });
    expect([code, stdout]).toEqual([0, 'countries\n']);
  });
});
