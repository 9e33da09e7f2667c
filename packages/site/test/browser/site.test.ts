import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
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
    await page.keyboard.press('Space');
    await page.keyboard.press('Escape');
    expect(page.url()).toContain('#/shop?kind=Book');
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('select-button');
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
});
