import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { copyForEachTest } from '../support/built-workspace.js';
import type { TestWorkspace } from '../support/workspace.js';

let shop: TestWorkspace;
copyForEachTest((copy) => {
  shop = copy;
});

const file = (name: string) => join(shop.root, name);

describe('matinee site', () => {
  it('builds a site from what is published', async () => {
    const built = await shop.run(['site', 'build']);
    expect([built.code, built.stderr]).toEqual([0, '']);
    expect(built.stdout).toContain('target/site/index.html');
    expect(existsSync(file('target/site/docs.json'))).toBe(true);
  });

  it('writes one file where it is told to, and reports as JSON', async () => {
    const built = await shop.run(['site', 'build', '--single-file', '--out', 'shop.html', '--json']);
    expect(built.code).toBe(0);
    const [event] = built.stdout.split('\n').map((line) => line && JSON.parse(line));
    expect(event).toMatchObject({ type: 'site_built', page: file('shop.html'), tables: 0 });
    expect(readFileSync(file('shop.html'), 'utf8')).toContain('data-file="docs.json"');
  });

  it('is built by two processes at once', async () => {
    const built = await Promise.all([1, 2].map(() => shop.start(['site', 'build']).finished));
    expect(built.map(({ code, stderr }) => [code, stderr])).toEqual([
      [0, ''],
      [0, ''],
    ]);
    expect(readdirSync(file('target')).filter((name) => name.startsWith('site'))).toEqual([
      'site',
      'site-cache',
    ]);
  });

  it('refuses what it cannot do, with exit code and hint, in JSON too', async () => {
    for (const [args, code, text] of [
      [['build', '--select', 'nothing'], 2, 'nothing'],
      [['build', '--out', 'package.json'], 2, 'is no site of Matinee'],
      [['build', '--out', '.'], 2, 'is no site of Matinee'],
      [['build', '--out', 'package.json/x'], 2, 'A file stands where a folder would have to be.'],
      [['build', '--target', 'prod'], 1, 'was never built'],
      [['serve', '--port', 'x'], 2, '--port takes a number'],
    ] as const) {
      const plain = await shop.run(['site', ...args]);
      expect([args, plain.code, plain.stderr]).toEqual([args, code, expect.stringContaining(text)]);
      expect(plain.stderr).not.toContain('    at ');
    }
    const json = await shop.run(['site', 'build', '--out', 'package.json/x', '--json']);
    expect(JSON.parse(json.stdout)).toMatchObject({ type: 'error', code: 'OUT_PLACE' });
  });

  it('says what is missing where there is no site to serve', async () => {
    const served = await shop.run(['site', 'serve']);
    expect([served.code, served.stderr]).toEqual([2, expect.stringContaining('matinee site build')]);
  });
});

describe('matinee export', () => {
  it('writes rows for other tools, again and again, and leaves files of others alone', async () => {
    const args = ['export', 'countries', '--format', 'csv', '--out', 'out'];
    for (const time of [1, 2]) {
      const exported = await shop.run(args);
      expect([time, exported.code, exported.stdout]).toEqual([time, 0, 'out/countries.csv  3 rows\n']);
    }
    expect(readFileSync(file('out/countries.csv'), 'utf8')).toBe(
      'country_code,country_name\nde,Germany\nfr,France\nit,Italy\n',
    );
    shop.write('out/src_orders.csv', 'mine');
    const refused = await shop.run([...args, 'src_orders']);
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('is no export of Matinee')]);
    expect(readFileSync(file('out/src_orders.csv'), 'utf8')).toBe('mine');
  });

  it('is interrupted in the middle: the file before stays, and nothing else is left', async () => {
    shop.write('out/.matinee-export.json', '{"files":["src_orders.csv"]}');
    shop.write('out/src_orders.csv', 'before');
    await shop.execute(
      `create or replace view base.src_orders as
      select 1 as order_id, 'de' as country_code, cast(count(*) as double) as amount
      from range(3000000) as a, range(3000000) as b where hash(a.range, b.range) = 7`,
    );
    const { child, finished } = shop.start(['export', 'src_orders', '--format', 'csv', '--out', 'out']);
    while (readdirSync(file('out')).length < 3) await new Promise((resolve) => setTimeout(resolve, 50));
    child.kill('SIGINT');
    expect((await finished).code).toBe(130);
    expect(readdirSync(file('out'))).toEqual(['.matinee-export.json', 'src_orders.csv']);
    expect(readFileSync(file('out/src_orders.csv'), 'utf8')).toBe('before');
  });

  it('tells what was never built from what cannot be read any more', async () => {
    await shop.execute('drop table raw.raw_orders cascade');
    const broken = await shop.run(['export', 'src_orders', '--json']);
    expect([broken.code, JSON.parse(broken.stdout)]).toEqual([
      1,
      expect.objectContaining({ type: 'error', code: 'NODE_UNREADABLE' }),
    ]);
    const missing = await shop.run(['export', 'raw_orders']);
    expect([missing.code, missing.stderr]).toEqual([
      1,
      expect.stringContaining("'raw_orders' was never built"),
    ]);
    const unbuilt = await shop.run(['export', 'countries', '--target', 'prod']);
    expect([unbuilt.code, unbuilt.stderr]).toEqual([1, expect.stringContaining('matinee build')]);
  });

  it('writes empty tables, and to folders with odd names', async () => {
    await shop.execute('delete from base.countries');
    const out = 'it\'s [odd] "100%"';
    const exported = await shop.run(['export', 'countries', '--format', 'csv', '--out', out]);
    expect([exported.code, exported.stderr]).toEqual([0, '']);
    expect(readFileSync(file(`${out}/countries.csv`), 'utf8')).toBe('country_code,country_name\n');
  });

  it.each([
    [['nothing'], 'nothing'],
    [['countries', '--out', 'package.json'], 'A file stands where a folder would have to be.'],
    [['countries', '--format', 'xlsx'], 'xlsx'],
    [['named_countries'], 'Nothing that is selected has rows'],
  ])('refuses %j', async (args, text) => {
    const refused = await shop.run(['export', ...args]);
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining(text)]);
    expect(refused.stderr).not.toContain('    at ');
  });

  it('wants to know what to export', async () => {
    const exported = await shop.run(['export']);
    expect([exported.code, exported.stderr]).toEqual([2, expect.stringContaining('Say what to export')]);
  });
});
