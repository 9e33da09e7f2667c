import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { runInHost } from '../../../packages/cli/test/support/host.js';
import { runMatinee } from '../../../packages/cli/test/support/run-matinee.js';
import type { Result } from '../../src/snowflake-emulator/engine.js';
import { column, PASSWORD, rows, site } from './support.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));

const USED = ['VERSION', 'ROLE', 'WAREHOUSE', 'DB'].map((name) => column(name, 'text'));
const GRANT = ['privilege', 'granted_on', 'name'].map((name) => column(name, 'text'));
const WAREHOUSE = ['name', 'state', 'auto_resume'].map((name) => column(name, 'text'));

/** What the emulated account answers, beyond what is in use. */
type Answers = Readonly<Record<string, Result>>;

const RIGHTS: Answers = {
  'show grants to role "BUILDER"': rows(GRANT, [
    ['USAGE', 'ROLE', 'DBA'],
    ['USAGE', 'WAREHOUSE', 'SMALL'],
  ]),
  'show grants to role "DBA"': rows(GRANT, [['OWNERSHIP', 'DATABASE', 'FILMS']]),
  'show schemas in database "FILMS"': rows([column('name', 'text')], [['PUBLIC']]),
};

async function place(answers: Answers = {}, warehouse: string | null = null) {
  const used = rows(USED, [['9.1', 'BUILDER', warehouse, 'FILMS']]);
  return site(({ sql }) => {
    if (sql.startsWith('select current_version()')) return used;
    return sql === 'select 1 as n'
      ? rows([column('N', 'fixed', { precision: 1, scale: 0 })], [[1n]])
      : { ...RIGHTS, ...answers }[sql];
  });
}

/** Runs `matinee` on the project itself, in the shared process unless it is to have its own. */
async function matinee(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  run: typeof runMatinee = runInHost,
) {
  const { code, stdout, stderr } = await run(args, { cwd: root, env });
  return { code, output: stdout + stderr };
}

const settings = (url: string, password = PASSWORD) => ({
  SNOWFLAKE_ACCOUNT: 'ACME-TEST',
  SNOWFLAKE_USER: 'ANNA',
  SNOWFLAKE_DATABASE: 'FILMS',
  SNOWFLAKE_PASSWORD: password,
  SNOWFLAKE_ACCESS_URL: url,
});

describe('matinee debug on Snowflake', () => {
  it('tells what is in use, how far away it is and what is missing, and nothing that is secret', async () => {
    const { emulator } = await place();
    const { output } = await matinee(['debug', '--target', 'snowflake'], settings(emulator.url));
    expect(output).toMatch(/✓ {2}target +snowflake: snowflake, ACME-TEST\/FILMS/);
    expect(output).toMatch(/✓ {2}login +ANNA by password/);
    expect(output).toMatch(/✓ {2}driver +snowflake-sdk/);
    expect(output).toMatch(/✓ {2}connection +Snowflake 9\.1/);
    expect(output).toMatch(/✓ {2}role +BUILDER/);
    expect(output).toMatch(/✗ {2}warehouse +none {2}→ set SNOWFLAKE_WAREHOUSE, or warehouse of the target/);
    expect(output).toMatch(/✓ {2}rights +BUILDER may build in FILMS/);
    expect(output).toMatch(/✓ {2}round trip +[\d.]+s/);
    expect(output).not.toContain(PASSWORD);
    expect(output).not.toMatch(/warning|\{"level"/i);
  });

  it('says what an administrator runs if the role may not build there', async () => {
    const { emulator } = await place({
      'show grants to role "DBA"': rows(GRANT, [
        ['USAGE', 'DATABASE', 'FILMS'],
        ['USAGE', 'SCHEMA', 'FILMS.RAW'],
        ['OWNERSHIP', 'SCHEMA', 'FILMS.STAGING'],
      ]),
      'show schemas in database "FILMS"': rows([column('name', 'text')], [['RAW'], ['STAGING']]),
    });
    const { code, output } = await matinee(['debug', '--target', 'snowflake'], settings(emulator.url));
    expect(output).toContain(
      'BUILDER may not build in FILMS  → have an administrator run: grant usage, create schema on database "FILMS" to role "BUILDER"; grant all on schema "FILMS"."RAW" to role "BUILDER"\n',
    );
    expect(code).toBe(1);
  });

  it.each([
    ['false', /✗ {2}warehouse +SMALL, suspended, and does not .*→ .* alter warehouse "SMALL" resume;/],
    ['true', /✓ {2}warehouse +SMALL, suspended: it resumes by itself/],
  ])('tells of a suspended warehouse whose auto_resume is %s', async (resumes, told) => {
    const { emulator } = await place(
      {
        'show warehouses': rows(WAREHOUSE, [
          ['OTHER', 'STARTED', 'true'],
          ['SMALL', 'SUSPENDED', resumes],
        ]),
      },
      'SMALL',
    );
    const { output } = await matinee(['debug', '--target', 'snowflake'], settings(emulator.url));
    expect(output).toMatch(told);
  });

  it('says which setting is missing, and why nobody is let in', async () => {
    const { emulator } = await place();
    const { SNOWFLAKE_DATABASE: _, ...rest } = settings(emulator.url);
    const missing = await matinee(['debug', '--target', 'snowflake'], rest);
    expect(missing.output).toMatch(
      /✗ {2}target +Snowflake's database is not named\. {2}→ Set SNOWFLAKE_DATABASE/,
    );
    const refused = await matinee(['debug', '--target', 'snowflake'], settings(emulator.url, 'wrong horse'));
    expect(refused.output).toMatch(
      /✗ {2}connection +Snowflake did not let ANNA in: Incorrect username or password/,
    );
    expect([missing.code, refused.code]).toEqual([1, 1]);
    expect(refused.output).not.toContain('wrong horse');
  });

  it('ends soon after it has told of a network that is silent', async () => {
    const { emulator } = await place();
    emulator.fault({ kind: 'hang', times: 100 });
    const start = performance.now();
    const { code, output } = await matinee(
      ['debug', '--target', 'snowflake'],
      settings(emulator.url),
      runMatinee,
    );
    expect(output).toMatch(/✗ {2}connection +127\.0\.0\.1:\d+ did not let us in within 20 s\./);
    expect(code).toBe(1);
    expect(performance.now() - start).toBeLessThan(50_000);
  });

  it('is told apart from what only files can do', async () => {
    const { emulator } = await place();
    const env = settings(emulator.url);
    const clean = await matinee(['clean', '--all', '--target', 'snowflake'], env);
    expect(clean.output).toContain(
      "error TARGET_KIND  Target 'snowflake' is on Snowflake: there are no files to remove.",
    );
    const diff = await matinee(['diff', 'src_movies', 'snowflake:src_movies'], env);
    expect(diff.output).toContain("error TARGET_KIND  Target 'dev' is on DuckDB, 'snowflake' on Snowflake");
    expect([clean.code, diff.code]).toEqual([2, 2]);
  });
});

/** Says, as a process ends, whether it has loaded the driver. */
const WITNESS = `data:text/javascript,import { createRequire } from 'node:module';
const { cache } = createRequire('file:///');
process.on('exit', () => console.error('driver: ' + Object.keys(cache).some((file) => file.includes('snowflake-sdk'))));`;

describe('the driver', () => {
  it.each([
    ['dev', false],
    ['snowflake', true],
  ])('is loaded for target %s: %s', async (target, isLoaded) => {
    const { emulator } = await place();
    const env = { ...settings(emulator.url), NODE_OPTIONS: `--import=${encodeURI(WITNESS)}` };
    const { output } = await matinee(['debug', '--target', target], env, runMatinee);
    expect(output).toContain(`driver: ${isLoaded}`);
  });
});
