import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestWorkspace } from '../support/workspace.js';

let shop: TestWorkspace;
beforeAll(async () => {
  shop = new TestWorkspace();
  expect(await shop.run(['build'])).toMatchObject({ code: 0, stderr: '' });
});
afterAll(() => shop.remove());

describe('matinee build', () => {
  it('prints a line when a node starts and one when it is published, and the sum', async () => {
    const { code, stdout, stderr } = await shop.run(['build', '--full-refresh', '--select', 'src_orders+1']);
    expect([code, stderr]).toEqual([0, '']);
    const lines = stdout
      .replaceAll(/\d\d:\d\d:\d\d/g, 'TIME')
      .replaceAll(/\d+\.\d\ds/g, 'Ns')
      .split('\n');
    expect(lines).toContain('TIME  START 1/2  base.src_orders       view');
    expect(lines).toContain(
      'TIME  OK    1/2  base.src_orders       view                  3 rows     5 tests   Ns',
    );
    expect(lines).toContain('TIME  START 2/2  sales.fct_countries   table');
    expect(lines).toContain(
      'TIME  OK    2/2  sales.fct_countries   table                 2 rows     5 tests   Ns  1 warned, same rows',
    );
    expect(stdout).toMatch(
      /\n1 test warned\n {2}range_fct_countries_orders: 1 row {2}target\/compiled\/tests\/range_fct_countries_orders\.sql\n/,
    );
    expect(stdout).toMatch(
      /\nDone in \d+\.\ds: 2 built, 0 reused, 0 failed, 0 skipped; \d+ tests passed, 1 warned\n$/,
    );
  });

  it('reuses what has not changed', async () => {
    const { code, stdout } = await shop.run(['build']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/REUSE \d\/6 {2}sales\.fct_countries {5}/);
    expect(stdout).not.toContain('START');
    expect(stdout).toMatch(/: 0 built, 6 reused, 0 failed, 0 skipped;/);
  });

  it('--json prints one event a line and nothing else', async () => {
    const { code, stdout, stderr } = await shop.run(['build', '--full-refresh', '--json']);
    expect([code, stderr]).toEqual([0, '']);
    const events = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string });
    expect(events[0]).toMatchObject({ type: 'survey_progress', progress: { filesDone: 0 } });
    const started = events.find(({ type }) => type === 'run_started');
    expect(started).toMatchObject({ command: 'build', nodes: 6 });
    expect(events.at(-1)).toMatchObject({ type: 'run_finished', result: { status: 'ok' } });
    expect(events).toContainEqual(
      expect.objectContaining({
        type: 'node_finished',
        result: expect.objectContaining({ node: 'fct_countries', status: 'ok', rows: 2 }),
      }),
    );
  });

  it('takes selectors as several words or as one', async () => {
    const nodes = async (...args: string[]) =>
      (await shop.run(['ls', '--output', 'name', ...args])).stdout.trimEnd().split('\n').sort();
    expect(await nodes('--select', 'kind:seed', 'tag:names')).toEqual(['countries', 'int_named']);
    expect(await nodes('-s', 'kind:seed tag:names')).toEqual(['countries', 'int_named']);
    expect(await nodes('-s', '+fct_countries,package:models-sales', '--exclude', 'kind:unit_test')).toEqual([
      'fct_countries',
      'int_named',
    ]);
  });

  it('builds only nodes of a kind where the command says so', async () => {
    const kinds = async (command: string) => {
      const { stdout } = await shop.run([command, '--json']);
      const last = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as {
        result: { nodes: { node: string }[]; tests: unknown[] };
      };
      return { nodes: last.result.nodes.map(({ node }) => node).sort(), tests: last.result.tests.length };
    };
    expect((await kinds('load')).nodes).toContain('raw_orders');
    expect((await kinds('seed')).nodes).toEqual(['countries']);
    expect((await kinds('snapshot')).nodes).toEqual(['names_snapshot']);
    expect(await kinds('run')).toEqual({ nodes: ['fct_countries', 'int_named', 'src_orders'], tests: 0 });
  });

  it('builds another target under its prefix, in its own file', async () => {
    const { code, stdout } = await shop.run(['build', '--target', 'prod', '--select', 'countries']);
    expect(code).toBe(0);
    expect(stdout).toContain('live_base.countries');
    expect(existsSync(join(shop.root, 'target/prod.duckdb'))).toBe(true);
  });

  it('takes the file, the variables and the target from the environment', async () => {
    const env = { MATINEE_DATABASE: 'other/x.duckdb', MATINEE_VARS: '{"min_amount":10}' };
    const built = await shop.run(['build', '--exclude', 'names_snapshot'], { env });
    expect([built.code, existsSync(join(shop.root, 'other/x.duckdb'))]).toEqual([0, true]);
    const shown = await shop.run(['show', 'src_orders', '--json'], { env });
    expect(
      shown.stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).order_id)
        .sort(),
    ).toEqual([1, 2]);
  });
});

describe('matinee test', () => {
  it('prints a line for each test', async () => {
    const { code, stdout } = await shop.run(['test', '--select', 'fct_countries', 'named_countries']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/OK {4}\d\/\d {2}named_countries {2,}unit test/);
    expect(stdout).toMatch(/OK {4}\d\/\d {2}unique_fct_countries_country_name {2,}test/);
    expect(stdout).toMatch(/WARN {2}\d\/\d {2}range_fct_countries_orders {2,}test .* 1 failing row\n/);
    expect(stdout).toMatch(/Done in \d+\.\ds: \d tests passed, 1 warned\n$/);
  });
});

describe('looking at a project', () => {
  it('check counts the queries that bind', async () => {
    expect((await shop.run(['check'])).stdout).toMatch(/^✓ \d\d queries bind \(\d\.\d\ds\)\n$/);
    const json = await shop.run(['check', '--json']);
    expect(JSON.parse(json.stdout)).toMatchObject({ type: 'check_finished', errors: 0 });
  });

  it('ls prints a table, or one object a line', async () => {
    const { stdout } = await shop.run(['ls', '--select', 'kind:seed', 'src_orders']);
    expect(stdout.split('\n')).toEqual([
      'NAME        KIND   MATERIALIZED  SCHEMA  PACKAGE            DESCRIPTION',
      'countries   seed   table         base    @shop/models-base  Countries with their names.',
      'src_orders  model  view          base    @shop/models-base  One row per order.',
      '2 nodes',
      '',
    ]);
    const json = await shop.run(['ls', '--select', 'int_named', '--json']);
    expect(JSON.parse(json.stdout)).toEqual({
      name: 'int_named',
      kind: 'model',
      materialized: 'ephemeral',
      schema: 'sales',
      package: '@shop/models-sales',
      owner: 'Sales team',
      path: 'packages/models-sales/src/intermediate/int_named.ts',
      description: 'One row per country.',
      tags: ['names'],
    });
  });

  it('lineage draws what a node reads and what reads it', async () => {
    const { stdout } = await shop.run(['lineage', 'fct_countries']);
    expect(stdout.split('\n')).toEqual([
      'sales.fct_countries  table  packages/models-sales/src/marts/fct_countries.ts',
      '',
      'reads',
      '├── sales.int_named  ephemeral',
      '│   └── base.countries  seed',
      '└── base.src_orders  view',
      '    ├── base.countries  seed (test)',
      '    └── raw.raw_orders  source',
      '',
      'is read by',
      '├── every_amount_counts  data test',
      '└── top_countries  analysis',
      '',
    ]);
    const json = JSON.parse((await shop.run(['lineage', 'int_named', '--json'])).stdout) as {
      owner: string;
      upstream: { name: string }[];
      downstream: { name: string }[];
    };
    expect(json.owner).toBe('Sales team');
    expect(json.upstream.map(({ name }) => name)).toEqual(['countries']);
    expect(json.downstream.map(({ name }) => name)).toContain('fct_countries');
  });

  it('compile prints one, and writes several', async () => {
    const { stdout } = await shop.run(['compile', 'src_orders']);
    expect(stdout).toContain('from "raw"."raw_orders"\n');
    expect((await shop.run(['compile', 'not_null_countries_country_code'])).stdout).toContain(
      'from "base"."countries" where "country_code" is null',
    );
    const all = await shop.run(['compile']);
    expect(all.stdout).toMatch(/^\d+ files written to target\/compiled\/\n$/);
    expect(shop.read('target/compiled/models-sales/sales/fct_countries.sql')).toContain(
      '"base"."src_orders"',
    );
    expect(shop.read('target/compiled/models-sales/analysis/top_countries.sql')).toMatch(
      /order by amount desc/,
    );
    expect(shop.read('target/compiled/models-sales/data_test/every_amount_counts.sql')).toContain('a.amount');
    const two = await shop.run(['compile', 'src_orders', 'top_countries', '--json']);
    expect(
      two.stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).name),
    ).toEqual(['src_orders', 'top_countries']);
  });

  it('show prints rows of tables, ephemeral models, analyses and queries', async () => {
    const { stdout } = await shop.run(['show', 'top_countries']);
    expect(stdout.split('\n')).toEqual([
      '┌──────────────┬────────┐',
      '│ country_name │ amount │',
      '├──────────────┼────────┤',
      '│ France       │     20 │',
      '│ Germany      │   14.5 │',
      '└──────────────┴────────┘',
      '2 rows',
      '',
    ]);
    expect((await shop.run(['show', 'int_named', '--limit', '1'])).stdout).toMatch(/\n1 row, there are more/);
    expect(await shop.rows('select sum(orders) as orders from sales.fct_countries;')).toEqual([
      { orders: 3 },
    ]);
    const wrong = await shop.run(['show', '--inline', 'selec 1']);
    expect([wrong.code, wrong.stderr]).toEqual([1, 'error QUERY_FAILED  syntax error at or near "1"\n']);
  });

  it('show --measures prints what a model counts, over all rows or by columns', async () => {
    const { stdout } = await shop.run(['show', 'fct_countries', '--measures', '--json']);
    expect(JSON.parse(stdout)).toEqual({ countries: 2, turnover: 34.5, turnover_per_country: 17.25 });
    const by = await shop.run([
      'show',
      'fct_countries',
      '--measures',
      '--by',
      'country_name,orders',
      '--json',
    ]);
    expect(
      by.stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([
      { country_name: 'France', orders: 1, countries: 1, turnover: 20, turnover_per_country: 20 },
      { country_name: 'Germany', orders: 2, countries: 1, turnover: 14.5, turnover_per_country: 14.5 },
    ]);
    const wrong = await shop.run(['show', 'fct_countries', '--measures', '--by', 'nope']);
    expect([wrong.code, wrong.stderr]).toEqual([
      2,
      expect.stringMatching(/^error COLUMN_UNKNOWN {2}'nope' is no column of 'fct_countries'\./),
    ]);
    const none = await shop.run(['show', 'src_orders', '--measures']);
    expect([none.code, none.stderr]).toEqual([
      2,
      expect.stringMatching(/^error NO_MEASURES {2}'src_orders' declares no measures\./),
    ]);
    expect((await shop.run(['show', 'fct_countries', '--by', 'orders'])).code).toBe(2);
  });

  it('ls --json tells the measures of a model', async () => {
    const { stdout } = await shop.run(['ls', '--select', 'fct_countries', '--json']);
    expect(JSON.parse(stdout).measures).toContainEqual({
      name: 'turnover_per_country',
      type: 'ratio',
      numerator: 'turnover',
      denominator: 'countries',
      description: 'Money of a country.',
      format: 'decimal',
    });
  });

  it('summary tells what stands in the warehouse', async () => {
    const { code, stdout } = await shop.run(['summary']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/The warehouse stands: 5 tables and views, 11 rows\./);
    expect(stdout).toMatch(/\nmodels-sales\n {2}.*\n? {2}sales\.fct_countries +table +2 rows/);
    expect(stdout).toMatch(
      /✓ \d+ tests passed, 1 warned\n {2}target\/shop\.duckdb \(DuckDB, .*, target dev\)/,
    );
    expect(stdout.match(/^ {2}npx matinee .*/gm)).toHaveLength(3);
  });

  it('debug finds everything in order', async () => {
    const { code, stdout } = await shop.run(['debug']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/✓ {2}project +9 nodes in 2 packages\n/);
    expect(stdout).toMatch(/✓ {2}target +dev: duckdb, target\/shop\.duckdb\n/);
    expect(stdout).toMatch(/✓ +raw_orders: orders\.csv, plain, 54 bytes\n/);
    expect(stdout).not.toContain('✗');
  });

  it('debug says what is wrong and what to do', async () => {
    const { code, stdout } = await shop.run(['debug', '--source', 'nowhere']);
    expect(code).toBe(1);
    expect(stdout).toMatch(/✗ {2}source .*nowhere/);
    const target = await shop.run(['debug', '--target', 'prd']);
    expect(target.code).toBe(1);
    expect(target.stdout).toMatch(
      /✗ {2}target +No target is called 'prd'\. {2}→ matinee\.config\.ts has: dev, prod\./,
    );
  });
});

describe('matinee clean', () => {
  it('removes what can be made again, and the warehouse only on request', async () => {
    await shop.run(['compile']);
    const { code, stdout } = await shop.run(['clean']);
    expect(code).toBe(0);
    expect(stdout.match(/^removed \S+/gm)).toEqual([
      'removed target/compiled',
      'removed packages/models-base/dist',
      'removed packages/models-sales/dist',
      'removed .matinee',
    ]);
    expect(existsSync(shop.database)).toBe(true);
    const all = await shop.run(['clean', '--all']);
    expect(all.stdout).toContain('removed target/shop.duckdb');
    expect([existsSync(shop.database), existsSync(join(shop.root, 'data/orders.csv'))]).toEqual([
      false,
      true,
    ]);
  });
});
