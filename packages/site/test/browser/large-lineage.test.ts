import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Docs } from '../../src/contract/docs.js';
import { buildSite, type SiteServer, serveSite } from '../../src/index.js';
import { chromiumPath, openChromium } from '../support/chromium.js';
import { type BuiltShop, builtShop } from '../support/shop.js';

const NODES = 1000;
const LAYER = 25;

const nameOf = (place: number) => `node_${place}`;

/** Forty layers of 25 nodes; each reads three of the layer before. */
function largeDocs(docs: Docs): Docs {
  const pattern = docs.nodes.find(({ name }) => name === 'sales');
  if (!pattern) throw new Error('The shop has no sales.');
  const reads = (place: number) =>
    place < LAYER
      ? []
      : [0, 7, 13].map((step) => nameOf((Math.floor(place / LAYER) - 1) * LAYER + ((place + step) % LAYER)));
  const nodes = Array.from({ length: NODES }, (_, place) => ({
    ...pattern,
    name: nameOf(place),
    reads: reads(place),
    testReads: [],
  }));
  return { nodes, columnEdges: [] };
}

describe.skipIf(!chromiumPath)('a lineage of a thousand nodes', () => {
  let shop: BuiltShop;
  let server: SiteServer;
  let browser: Browser;

  beforeAll(async () => {
    shop = await builtShop();
    const options = shop.options();
    await buildSite(options);
    server = await serveSite(options.out, 0);
    browser = await openChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await shop?.warehouse.close();
  });

  test('begins with a few of them, finds one by name, shows all, and is dragged without drawing anew', async () => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(String(error)));
    await page.route('**/docs.json*', async (route) =>
      route.fulfill({ json: largeDocs((await (await route.fetch()).json()) as Docs) }),
    );
    const shown = page.locator('[data-node]');
    await page.goto(`${server.url}#/lineage?node=node_500`);
    await page.locator('[data-node=node_500]').waitFor();
    // itself, the three that it reads, and the three that read it
    expect(await shown.count()).toBe(7);
    await page.getByLabel('Node', { exact: true }).selectOption('node_999');
    await page.locator('[data-node=node_999]').waitFor();
    expect(await shown.count()).toBe(4);
    await page.getByLabel('Node', { exact: true }).selectOption('*');
    await page.locator('[data-node=node_0]').waitFor();
    expect(await shown.count()).toBe(NODES);
    const drawing = page.locator('svg:has([data-node]) > g').first();
    const moved = () => drawing.getAttribute('transform');
    const before = await moved();
    await page.evaluate(() => {
      const changes = { count: 0 };
      Object.assign(globalThis, { changes });
      const drawn = document.querySelector('[data-node]')?.closest('svg') as Element;
      new MutationObserver((all) => {
        changes.count += all.filter(({ type }) => type === 'childList').length;
      }).observe(drawn, { subtree: true, childList: true });
    });
    await page.mouse.move(500, 500);
    await page.mouse.down();
    await page.mouse.move(560, 530, { steps: 5 });
    await page.mouse.up();
    expect(await moved()).not.toBe(before);
    expect(await page.evaluate(() => (globalThis as { changes?: unknown }).changes)).toEqual({ count: 0 });
    await page.evaluate(() => {
      location.hash = '#/docs?q=node_777';
    });
    await page.getByRole('link', { name: /^node_777/ }).waitFor();
    expect(problems).toEqual([]);
    await page.close();
  });
});
