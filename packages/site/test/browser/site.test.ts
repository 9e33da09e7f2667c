import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildSite, type SiteServer, serveSite } from '../../src/index.js';
import { chromiumPath, openChromium } from '../support/chromium.js';
import { type BuiltShop, builtShop } from '../support/shop.js';

describe.skipIf(!chromiumPath)('a built site in a browser', () => {
  let shop: BuiltShop;
  let server: SiteServer;
  let browser: Browser;
  let single: string;
  const problems: string[] = [];

  beforeAll(async () => {
    shop = await builtShop();
    const options = shop.options();
    await buildSite(options);
    single = (await buildSite({ ...options, singleFile: true, out: `${options.out}.html` })).page;
    server = await serveSite(options.out, 0);
    browser = await openChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await shop?.warehouse.close();
  });

  /** Opens an address; every console error and every request that leaves the site is a problem. */
  async function open(hash: string, base = server.url): Promise<Page> {
    const page = await browser.newPage();
    problems.length = 0;
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text());
    });
    page.on('pageerror', (error) => problems.push(String(error)));
    page.on('request', (request) => {
      const url = request.url();
      if (!url.startsWith(base.replace(/[^/]*$/, '')) && !/^(data|blob):/.test(url)) problems.push(url);
    });
    await page.goto(`${base}${hash}`);
    return page;
  }

  test('a page shows its numbers, and a filter in the address changes them', async () => {
    const page = await open('#/shop');
    await page.getByText('Sales by kind').waitFor();
    expect(await page.locator('.tile strong').textContent()).toBe('1,000');
    await page.goto(`${server.url}#/shop?kind=Book`);
    await page.waitForFunction(() => document.querySelector('.tile strong')?.textContent === '333');
    expect(problems).toEqual([]);
    await page.close();
  });

  test('the single file works from a disk, with no request at all', async () => {
    const page = await open('#/shop', pathToFileURL(single).href);
    await page.getByText('Sales by kind').waitFor();
    expect(await page.locator('.tile strong').textContent()).toBe('1,000');
    expect(problems).toEqual([]);
    await page.close();
  });

  test('a filter is chosen by keyboard, and stands in the address', async () => {
    const page = await open('#/shop');
    await page.getByRole('button', { name: 'Kinds' }).focus();
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.activeElement?.getAttribute('type') === 'checkbox');
    await page.keyboard.press('Space');
    await expect.poll(() => page.url()).toContain('#/shop?kind=Book');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.evaluate(() => document.activeElement?.className)).toBe('select-button');
    await page.close();
  });

  test('a chart shows and saves its table', async () => {
    const page = await open('#/shop');
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'save as CSV' }).click();
    expect(readFileSync((await (await saved).path()) ?? '', 'utf8')).toBe(
      'Kind,Sales\r\nBook,333\r\nFilm,334\r\nGame,333\r\n',
    );
    const image = page.waitForEvent('download');
    await page.getByRole('button', { name: 'save as PNG' }).click();
    expect(
      readFileSync((await (await image).path()) ?? '')
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG');
    await page.getByRole('button', { name: 'show as table' }).click();
    await page.getByRole('link', { name: 'Film' }).click();
    await page.getByRole('heading', { name: 'Kind Film' }).waitFor();
    expect(problems).toEqual([]);
    await page.close();
  });

  test.each(['light', 'dark'] as const)(
    'axe finds nothing on any page, in %s colours, on a desk and on a phone',
    async (theme) => {
      for (const viewport of [
        { width: 1280, height: 800 },
        { width: 390, height: 844 },
      ]) {
        const context = await browser.newContext({ colorScheme: theme, viewport, bypassCSP: true });
        const page = await context.newPage();
        for (const hash of [
          '#/',
          '#/shop',
          '#/docs',
          '#/docs?q=price',
          '#/docs/sales',
          '#/lineage',
          '#/lineage?as=tree',
          '#/none',
          `#/kind/${'long'.repeat(30)}`,
          '#/docs/shop',
        ]) {
          await page.goto(`${server.url}${hash}`);
          await page.locator('h1').waitFor();
          await page.addScriptTag({ content: axe.source });
          const found = await page.evaluate(async () => {
            const { violations } = await (window as unknown as { axe: typeof axe }).axe.run();
            return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
          });
          expect([hash, ...found]).toEqual([hash]);
          const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          expect([hash, overflow <= 0]).toEqual([hash, true]);
        }
        await context.close();
      }
    },
  );

  test('the way back leads to the last of hundreds of filters, though the page was left at once', async () => {
    const page = await open('#/shop');
    await page.getByRole('button', { name: 'Kinds' }).click();
    const writes = await page.evaluate(() => {
      let count = 0;
      const write = history.replaceState;
      history.replaceState = (...args) => {
        count++;
        write.apply(history, args);
      };
      const box = document.querySelector<HTMLInputElement>('.options input')!;
      for (let click = 0; click < 301; click++) box.click();
      document.querySelector<HTMLAnchorElement>('a[href="#/"]')!.click();
      return count;
    });
    expect(writes, 'browsers refuse a hundred').toBe(1);
    await page.waitForURL(/#\/$/);
    await page.goBack();
    await expect.poll(() => page.url()).toContain('#/shop?kind=Book');
    expect(problems).toEqual([]);
    await page.close();
  });
  test('the lineage begins around one node, follows a column, and is saved as SVG', async () => {
    const page = await open('#/lineage?node=sales');
    await page.locator('[data-node=sales]').waitFor();
    const shown = () =>
      page
        .locator('[data-node]')
        .evaluateAll((boxes) => boxes.map((box) => box.getAttribute('data-node')).sort());
    expect(await shown()).toEqual(['cube_sales', 'dear_sales', 'price_list', 'sales']);
    await page.getByRole('button', { name: 'price', exact: false }).click();
    await expect.poll(() => page.url()).toContain('column=sales.price');
    await page.locator('[data-node=best_days]').getByText('turnover').waitFor();
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save as SVG' }).click();
    const svg = readFileSync((await (await saved).path()) ?? '', 'utf8');
    expect(svg).toContain('<svg xmlns="http://www.w3.org/2000/svg"');
    expect(svg).toContain('cube_sales');
    expect(problems).toEqual([]);
    await page.close();
  });

  test('a node that is not there is told, and the lineage begins elsewhere', async () => {
    const page = await open('#/lineage?node=sale');
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').textContent()).toBe(
      'There is no node sale in this project.What is shown is around cube_sales. Choose another node above.',
    );
    await page.getByLabel('Node', { exact: true }).selectOption('sales');
    await page.getByRole('alert').waitFor({ state: 'detached' });
    expect(problems).toEqual([]);
    await page.close();
  });

  test('the tree of the lineage is gone through by keyboard', async () => {
    const page = await open('#/lineage?node=sales&down=all&as=tree');
    const tree = page.getByRole('tree', { name: 'sales is read by' });
    await tree.getByRole('treeitem').first().focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    await page.waitForFunction(() => document.activeElement?.getAttribute('aria-level') === '2');
    await page.keyboard.press('Enter');
    await page.getByRole('complementary', { name: 'About price_list' }).waitFor();
    await page.close();
  });

  test('a column is found by search, and marked on the page it leads to', async () => {
    const page = await open('#/docs');
    await page.getByLabel('Search names, columns and descriptions').fill('turnover');
    await page.getByRole('link', { name: 'cube_sales . turnover' }).click();
    await page.locator('tr.marked').getByText('In euros.').waitFor();
    expect(problems).toEqual([]);
    await page.close();
  });

  test('tests that never ran are not told as passed, and one stale source is one', async () => {
    const page = await browser.newPage();
    await page.route('**/site.json*', async (route) => {
      const facts = await (await route.fetch()).json();
      const freshness = [{ source: 'raw_sales', status: 'error', newest: null }];
      await route.fulfill({ json: { ...facts, tests: { passed: 0, warned: 0, failed: 0 }, freshness } });
    });
    await page.goto(`${server.url}#/`);
    const status = page.locator('.status-list');
    await status.getByText('No test has run').waitFor();
    expect(await status.locator('li').nth(1).getAttribute('data-state')).toBe('none');
    expect(await status.textContent()).toContain('1 source is stale');
    await page.close();
  });

  test('what was reused since tells how long its last build took', async () => {
    const page = await browser.newPage();
    await page.route('**/docs.json*', async (route) => {
      const docs = await (await route.fetch()).json();
      const build = (status: string, seconds: number) => ({ ...docs.nodes[0].builds[0], status, seconds });
      const builds = [build('reused', 0), build('ok', 1.25)];
      await route.fulfill({
        json: { ...docs, nodes: docs.nodes.map((node: object) => ({ ...node, builds })) },
      });
    });
    await page.goto(`${server.url}#/docs/sales`);
    await page.locator('.tile', { hasText: 'Last build' }).getByText('1.25 s').waitFor();
    await page.close();
  });

  test('paper is light and has no buttons, whatever the page', async () => {
    const page = await browser.newPage({ colorScheme: 'dark' });
    await page.goto(`${server.url}#/shop`);
    await page.locator('.chart-canvas canvas').waitFor();
    await page.evaluate(() => {
      const heading = document.querySelector('h1') as Element;
      addEventListener('beforeprint', () => {
        document.body.dataset.printed = getComputedStyle(heading).color;
      });
    });
    const dark = await page.locator('h1').evaluate((heading) => getComputedStyle(heading).color);
    await page.pdf();
    const light = await page.evaluate(() => document.body.dataset.printed);
    expect(light).not.toBe(dark);
    await expect
      .poll(() => page.locator('h1').evaluate((heading) => getComputedStyle(heading).color))
      .toBe(dark);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.filters').isVisible()).toBe(true);
    expect(await page.locator('.card-actions').first().isVisible()).toBe(false);
    await page.close();
  });

  test('colours are switched, and stay so', async () => {
    const page = await open('#/');
    await page.getByRole('button', { name: 'Dark colours' }).click();
    await page.reload();
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
    await page.close();
  });
});
