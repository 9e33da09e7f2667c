import { pathToFileURL } from 'node:url';
import { dashboard, model, sql, table, text } from '@matinee/core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildSite } from '../../src/index.js';
import { chromiumPath, openChromium } from '../support/chromium.js';
import { type BuiltShop, builtShop } from '../support/shop.js';

/** Markup that runs if it is taken for markup, text that is read the other way round, and a word without an end. */
const HOSTILE = [
  '<img src=x onerror="globalThis.ran=1">',
  '</script><script>globalThis.ran=2</script><!--',
  `[here](javascript:globalThis.ran=3) **"a"** \`b\` 'c' & &lt; \${d} {{e}}`,
  '\u202eright to left',
  'endless'.repeat(80),
].join(' ');

const gossip = model({
  name: 'gossip',
  description: HOSTILE,
  owner: HOSTILE,
  tags: [HOSTILE],
  materialized: table(),
  columns: { constructor: text().describe(HOSTILE), said: text().nullable().describe(HOSTILE) },
  query: sql`select 'a' as constructor, 'b' as said`,
});

const gossipBoard = dashboard({
  name: 'gossip_board',
  title: HOSTILE,
  description: HOSTILE,
  owner: HOSTILE,
  reads: [gossip],
});

const ADDRESSES = [
  '',
  'shop',
  'docs',
  'docs/gossip',
  'docs/gossip_board',
  'docs/__proto__',
  'docs?q=onerror',
  'lineage?node=gossip&down=all',
  'lineage?node=gossip&as=tree',
  `lineage?node=${encodeURIComponent(HOSTILE)}`,
  `kind/${encodeURIComponent(HOSTILE)}`,
  `${encodeURIComponent(HOSTILE)}?__proto__=1`,
];

describe.skipIf(!chromiumPath)('a site of texts that are markup', () => {
  let shop: BuiltShop;
  let browser: Browser;
  let file: string;

  beforeAll(async () => {
    shop = await builtShop({ gossip, gossipBoard });
    const options = shop.options({ title: HOSTILE, singleFile: true });
    file = (await buildSite({ ...options, out: `${options.out}.html` })).page;
    browser = await openChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await shop?.warehouse.close();
  });

  test('nothing of them runs and nothing breaks, on any page of the single file', async () => {
    const page = await browser.newPage({ viewport: { width: 390, height: 844 }, reducedMotion: 'reduce' });
    const problems: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text());
    });
    page.on('pageerror', (error) => problems.push(String(error)));
    page.on('dialog', (dialog) => problems.push(dialog.message()));
    await page.goto(pathToFileURL(file).href);
    for (const address of ADDRESSES) {
      await page.evaluate((hash) => {
        location.hash = hash;
      }, `#/${address}`);
      await page.waitForTimeout(60);
      await page.locator('h1').waitFor();
      expect(
        await page.evaluate(() => ({
          ran: (globalThis as { ran?: unknown }).ran,
          markup: document.querySelectorAll('#content img, #content script, [href^="javascript:" i]').length,
          problem: document.querySelector('main > .problem')?.textContent,
          overflow: Math.max(0, document.documentElement.scrollWidth - innerWidth),
        })),
        address,
      ).toEqual({ ran: undefined, markup: 0, problem: undefined, overflow: 0 });
    }
    await page.evaluate(() => {
      location.hash = '#/docs/gossip';
    });
    await expect.poll(() => page.locator('main').textContent()).toContain('<img src=x onerror=');
    expect(problems).toEqual([]);
    await page.close();
  });
});
