import { existsSync, readFileSync } from 'node:fs';
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

  it('wants to know what to export', async () => {
    const exported = await shop.run(['export']);
    expect([exported.code, exported.stderr]).toEqual([2, expect.stringContaining('Say what to export')]);
  });
});
