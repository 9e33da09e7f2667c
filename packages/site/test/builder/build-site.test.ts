import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { get } from 'node:http';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readParquet } from '../../src/browser/data/read-parquet.js';
import type { Docs } from '../../src/contract/docs.js';
import type { SiteFacts } from '../../src/contract/site-facts.js';
import { buildSite, serveSite } from '../../src/index.js';
import { type BuiltShop, builtShop } from '../support/shop.js';

let shop: BuiltShop;
let folder: string;

beforeAll(async () => {
  shop = await builtShop();
  const options = shop.options();
  folder = options.out;
  await buildSite(options);
});
afterAll(() => shop.warehouse.close());

const text = (name: string) => readFileSync(join(folder, name), 'utf8');
const facts = () => JSON.parse(text('site.json')) as SiteFacts;
const docs = () => JSON.parse(text('docs.json')) as Docs;
const nodeDocs = (name: string) => docs().nodes.find((node) => node.name === name);

test('a site carries what its dashboards read, and no other rows', () => {
  expect(readdirSync(join(folder, 'data'))).toEqual(['cube_sales.parquet.gz']);
  expect(facts().tables.cube_sales?.rows).toBe(366);
  expect(facts().dashboards).toEqual([
    {
      name: 'shop',
      title: 'Shop',
      description: 'What the shop sells.',
      owner: 'Shop team',
      reads: ['cube_sales'],
    },
  ]);
});

test('the rows that a browser reads are those of the warehouse', async () => {
  const { rows, columns } = facts().tables.cube_sales!;
  const content = gunzipSync(readFileSync(join(folder, 'data/cube_sales.parquet.gz')));
  const buffer = content.buffer.slice(content.byteOffset, content.byteOffset + content.length) as ArrayBuffer;
  const table = await readParquet('cube_sales', buffer, rows, columns);
  const session = await shop.warehouse.openSession();
  const expected = await session.query(
    `select cast(sold_on - date '1970-01-01' as integer) as day, kind, sales, turnover from shop.cube_sales order by all`,
  );
  await session.close();
  const [days, kinds, sales, turnover] = [
    table.days('sold_on'),
    table.texts('kind'),
    table.numbers('sales'),
    table.numbers('turnover'),
  ];
  const read = Array.from({ length: rows }, (_, row) => ({
    day: days[row],
    kind: kinds.values[kinds.codes[row]!],
    sales: sales[row],
    turnover: turnover[row],
  }));
  expect(read).toEqual(expected);
});

test('what stands in the site asks nobody else for anything', () => {
  expect(text('index.html')).toContain("default-src 'none'");
  // Names of XML vocabularies are no addresses.
  const addresses =
    `${text('index.html')}${text('site.css')}${text('site.js')}`.match(/https?:\/\/[^"'`\s)]+/g) ?? [];
  expect(addresses.filter((address) => !address.startsWith('http://www.w3.org/'))).toEqual([]);
  expect(text('site.js')).not.toMatch(/(fetch|src|href)\s*[(=]\s*["'`]https?:/);
});

test('the same warehouse gives the same files', async () => {
  const again = shop.options();
  await buildSite(again);
  for (const name of ['site.json', 'docs.json', 'site.js', 'site.css', 'data/cube_sales.parquet.gz']) {
    expect(readFileSync(join(again.out, name)).equals(readFileSync(join(folder, name)))).toBe(true);
  }
});

test('documentation tells what a node declares, what became of it, and what it is made of', () => {
  const sales = nodeDocs('sales')!;
  expect(sales).toMatchObject({
    kind: 'model',
    materialized: 'table',
    domain: 'shop',
    owner: 'Shop team',
    schema: 'shop',
    rows: 1000,
    key: ['sale_id'],
  });
  expect(sales.bytes).toBeGreaterThanOrEqual(0);
  expect(sales.columns[2]).toMatchObject({
    name: 'kind',
    values: ['Book', 'Film', 'Game'],
    description: 'What was sold.',
  });
  expect(sales.columns[0]?.tests).toEqual(['unique_sales_sale_id', 'not_null_sales_sale_id']);
  expect(sales.tests.find(({ name }) => name === 'unique_sales_sale_id')).toMatchObject({
    check: 'unique',
    failures: 0,
  });
  expect(sales.measures).toEqual([
    { name: 'turnover', description: 'What was paid.', format: 'decimal', sql: 'sum("price")' },
  ]);
  expect(sales.builds).toMatchObject([{ status: 'ok', rows: 1000 }]);
  expect(Object.keys(sales.sql!.compiled)).toEqual(['duckdb', 'snowflake']);
  expect(nodeDocs('dear_sales')).toMatchObject({
    owner: 'Gift team',
    materialized: 'ephemeral',
    rows: null,
    bytes: null,
  });
  expect(nodeDocs('shop')).toMatchObject({
    kind: 'exposure',
    title: 'Shop',
    owner: 'Shop team',
    reads: ['cube_sales'],
    sql: { compiled: {} },
  });
  expect(docs().columnEdges).toContainEqual({ from: ['sales', 'price'], to: ['cube_sales', 'turnover'] });
});

test('the single file holds everything', async () => {
  const options = shop.options({ singleFile: true });
  const { page, files } = await buildSite({ ...options, out: `${options.out}.html` });
  expect(files.map(({ name }) => name)).toEqual(['site.html']);
  const html = readFileSync(page, 'utf8');
  const [, packed = ''] = /data-file="site\.json">([^<]*)</.exec(html) ?? [];
  expect(JSON.parse(gunzipSync(Buffer.from(packed, 'base64')).toString())).toEqual(facts());
  const [, parquet = ''] = /data-file="data\/cube_sales\.parquet\.gz">([^<]*)</.exec(html) ?? [];
  expect(
    Buffer.from(parquet, 'base64').equals(readFileSync(join(folder, 'data/cube_sales.parquet.gz'))),
  ).toBe(true);
});

test('a folder with something else in it is left alone', async () => {
  const options = shop.options();
  mkdirSync(options.out, { recursive: true });
  writeFileSync(join(options.out, 'thesis.txt'), 'years of work');
  await expect(buildSite(options)).rejects.toMatchObject({ code: 'SITE_FOLDER' });
  expect(readFileSync(join(options.out, 'thesis.txt'), 'utf8')).toBe('years of work');
  writeFileSync(join(folder, 'notes.txt'), 'mine');
  await expect(buildSite({ ...options, out: folder })).rejects.toMatchObject({ code: 'SITE_FOLDER' });
  rmSync(join(folder, 'notes.txt'));
  await buildSite({ ...options, out: folder });
});

test('a link to a folder stays a link, and what it leads to is replaced', async () => {
  const options = shop.options();
  const real = join(options.cache, 'real');
  mkdirSync(real, { recursive: true });
  symlinkSync(real, options.out);
  await buildSite(options);
  expect(readlinkSync(options.out)).toBe(real);
  expect(existsSync(join(real, 'index.html'))).toBe(true);
});

test('odd characters in the names of folders do no harm', async () => {
  const options = shop.options();
  const odd = join(options.cache, `it's "odd" [a]*? 100%25 ünï {x} #;`);
  const site = { ...options, cache: join(odd, 'cache'), out: join(odd, 'site') };
  await buildSite(site);
  expect(readFileSync(join(site.out, 'site.json')).equals(readFileSync(join(folder, 'site.json')))).toBe(
    true,
  );
  const server = await serveSite(site.out, 0);
  expect((await fetch(new URL('site.js', server.url))).status).toBe(200);
  await server.close();
});

test('a stray file among the tables is left alone', async () => {
  const options = shop.options();
  await buildSite(options);
  writeFileSync(join(options.out, 'data/mine.xlsx'), 'mine');
  await expect(buildSite(options)).rejects.toMatchObject({
    code: 'SITE_FOLDER',
    location: { file: join(options.out, 'data/mine.xlsx') },
  });
});

test('what was interrupted or cannot be written leaves nothing', async () => {
  const options = shop.options();
  await buildSite(options);
  const before = readdirSync(dirname(options.out)).sort();
  await expect(buildSite({ ...options, signal: AbortSignal.abort() })).rejects.toMatchObject({
    code: 'RUN_INTERRUPTED',
  });
  for (const singleFile of [false, true]) {
    const below = { ...options, singleFile, out: join(options.out, 'index.html/site') };
    await expect(buildSite(below)).rejects.toMatchObject({ code: 'OUT_PLACE', exitCode: 2 });
  }
  expect(readdirSync(dirname(options.out)).sort()).toEqual(before);
  expect(readdirSync(options.cache)).toEqual(['bundle']);
});

test('a cache that cannot be written makes the build no worse', async () => {
  const options = shop.options();
  mkdirSync(dirname(options.cache), { recursive: true });
  writeFileSync(options.cache, 'a file');
  await buildSite(options);
  expect(readFileSync(join(options.out, 'site.js')).equals(readFileSync(join(folder, 'site.js')))).toBe(true);
  expect(readFileSync(options.cache, 'utf8')).toBe('a file');
});

test('builds at the same time do not hinder each other', async () => {
  const options = shop.options();
  await Promise.all([1, 2, 3].map(() => buildSite(options)));
  expect(existsSync(join(options.out, 'data/cube_sales.parquet.gz'))).toBe(true);
  expect(readdirSync(dirname(options.out)).sort()).toEqual(['cache', 'site']);
});

test('a table that was never built, or cannot be read any more, is told by name', async () => {
  const own = await builtShop();
  const session = await own.warehouse.openSession();
  await session.execute('drop table shop.cube_sales');
  await session.execute('create view shop.cube_sales as select * from shop.sales');
  await expect(buildSite(own.options())).rejects.toMatchObject({ code: 'NODE_UNREADABLE' });
  await session.execute('drop view shop.cube_sales');
  await expect(buildSite(own.options())).rejects.toMatchObject({
    code: 'NODE_NOT_BUILT',
    message: "'cube_sales' was never built.",
  });
  await session.close();
  await own.warehouse.close();
});

test('empty tables and no dashboards at all make a site too', async () => {
  const own = await builtShop();
  const session = await own.warehouse.openSession();
  await session.execute('delete from shop.cube_sales');
  const options = own.options();
  expect((await buildSite(options)).tables).toBe(1);
  const { tables } = JSON.parse(readFileSync(join(options.out, 'site.json'), 'utf8')) as SiteFacts;
  expect(tables.cube_sales?.rows).toBe(0);
  expect((await buildSite({ ...options, selected: new Set(['sales']), pages: [] })).tables).toBe(0);
  await session.close();
  await own.warehouse.close();
});

test('a page that does not compile is told with its file and line', async () => {
  const options = shop.options();
  mkdirSync(options.cache, { recursive: true });
  const file = join(options.cache, 'pages.tsx');
  writeFileSync(file, 'export const pages = [];\nconst = 1;\n');
  const broken = { ...options, pages: [{ package: 'x', file }] };
  await expect(buildSite(broken)).rejects.toMatchObject({ code: 'SITE_BUNDLE', location: { file, line: 2 } });
  expect(existsSync(options.out)).toBe(false);
});

/** The answer to an address that is sent as it stands. */
function rawStatus(url: string, path: string, host = 'localhost'): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get({ port: new URL(url).port, path, headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).on('error', reject);
  });
}

test('a server compresses what is not, for browsers that say they unpack it', async () => {
  const server = await serveSite(folder, 0);
  const answer = (path: string, encoding: string) =>
    fetch(new URL(path, server.url), { headers: { 'accept-encoding': encoding } });
  const zipped = await answer('site.js', 'br, gzip');
  expect(zipped.headers.get('content-encoding')).toBe('gzip');
  expect(Number(zipped.headers.get('content-length'))).toBeLessThan(
    statSync(join(folder, 'site.js')).size / 2,
  );
  expect(await zipped.text()).toBe(text('site.js'));
  expect((await answer('site.js', 'identity')).headers.get('content-encoding')).toBeNull();
  const table = await answer('data/cube_sales.parquet.gz', 'gzip');
  expect(table.headers.get('content-encoding')).toBeNull();
  expect(
    Buffer.from(await table.arrayBuffer()).equals(readFileSync(join(folder, 'data/cube_sales.parquet.gz'))),
  ).toBe(true);
  await server.close();
});

test('a server shows the site and nothing beside it', async () => {
  const server = await serveSite(folder, 0);
  const status = async (path: string) => (await fetch(new URL(path, server.url))).status;
  expect(await status('')).toBe(200);
  expect(await status('data/cube_sales.parquet.gz?v=1')).toBe(200);
  expect(await status('nothing.js')).toBe(404);
  expect(await status('..%2f..%2fetc%2fpasswd')).toBe(404);
  expect((await fetch(server.url, { method: 'POST' })).status).toBe(404);
  // a name of somebody else's that leads here
  expect(await rawStatus(server.url, '/', 'films.example:4400')).toBe(421);
  expect(await rawStatus(server.url, '/', 'localhost:4400')).toBe(200);
  symlinkSync('/etc', join(folder, 'link'));
  // fetch would tidy these addresses before it sends them.
  for (const path of [
    '/../../../../../../etc/passwd',
    '/..%2f..%2f..%2f..%2fetc/passwd',
    '/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd',
    '/data/..\\..\\..\\etc\\passwd',
    '//etc/passwd',
    '/link/passwd',
    '/%00',
    '/%',
    '/data',
  ])
    expect([path, await rawStatus(server.url, path)]).toEqual([path, 404]);
  rmSync(join(folder, 'link'));
  await expect(serveSite(folder, Number(new URL(server.url).port))).rejects.toMatchObject({
    code: 'SITE_PORT',
  });
  await server.close();
  await expect(serveSite(join(folder, 'data'), 0)).rejects.toMatchObject({ code: 'SITE_MISSING' });
});
