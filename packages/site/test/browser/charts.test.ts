import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildSite, type SiteServer, serveSite } from '../../src/index.js';
import { chromiumPath, openChromium } from '../support/chromium.js';
import { type BuiltShop, builtShop } from '../support/shop.js';

declare global {
  /** What was written on canvases, by the chart that they belong to. */
  var drawn: Record<string, string[]>;
}

describe.skipIf(!chromiumPath)('charts and what is in sight', () => {
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

  async function open(): Promise<Page> {
    const page = await browser.newPage({ viewport: { width: 1000, height: 700 }, reducedMotion: 'reduce' });
    await page.addInitScript(() => {
      globalThis.drawn = {};
      const { fillText } = CanvasRenderingContext2D.prototype;
      CanvasRenderingContext2D.prototype.fillText = function (text, ...place) {
        const chart = this.canvas.closest('[role=img]')?.getAttribute('aria-label')?.split('.')[0];
        if (chart) globalThis.drawn[chart] = [...(globalThis.drawn[chart] ?? []), text];
        fillText.call(this, text, ...place);
      };
    });
    await page.goto(`${server.url}#/charts?from=100`);
    await expect.poll(() => texts(page, 'Near')).toContain('Near of 100');
    return page;
  }

  /** What was written on a chart so far, and from now on. */
  const texts = (page: Page, chart: string) => page.evaluate((name) => globalThis.drawn[name] ?? [], chart);
  const forget = (page: Page) =>
    page.evaluate(() => {
      globalThis.drawn = {};
    });

  async function nextFilter(page: Page): Promise<void> {
    await forget(page);
    await page.getByRole('button', { name: 'Next' }).click();
    await expect.poll(() => texts(page, 'Near')).toContain('Near of 200');
    await page.waitForTimeout(150);
  }

  test('a filter draws what is in sight; the rest is drawn when one scrolls to it, once', async () => {
    const page = await open();
    await page.evaluate(() => scrollTo(0, 1e6));
    await expect.poll(() => texts(page, 'Far')).toContain('Far of 100');
    await page.evaluate(() => scrollTo(0, 0));
    await page.waitForTimeout(150);
    await nextFilter(page);
    expect([await texts(page, 'Map'), await texts(page, 'Far')]).toEqual([[], []]);
    await page.evaluate(() => scrollTo(0, 1e6));
    await expect.poll(() => texts(page, 'Far')).toContain('Far of 200');
    expect(await texts(page, 'Map')).toContain('218');
    await forget(page);
    await page.evaluate(() => scrollTo(0, 0));
    await page.waitForTimeout(150);
    await page.evaluate(() => scrollTo(0, 1e6));
    await page.waitForTimeout(150);
    expect([await texts(page, 'Map'), await texts(page, 'Far')]).toEqual([[], []]);
    await page.close();
  });

  test('what is out of sight prints the numbers of now', async () => {
    const page = await open();
    await nextFilter(page);
    await page.pdf();
    expect(await texts(page, 'Map')).toContain('218');
    expect(await texts(page, 'Far')).toContain('Far of 200');
    await page.close();
  });

  test('what is out of sight is saved, and told as a table, with the numbers of now', async () => {
    const page = await open();
    await nextFilter(page);
    // pressed by script, for playwright scrolls to what it clicks
    const press = (name: string) =>
      page.getByRole('button', { name }).evaluate((button: HTMLElement) => button.click());
    const saved = async (name: string) => {
      const download = page.waitForEvent('download');
      await press(name);
      return readFileSync((await (await download).path()) ?? '');
    };
    expect((await saved('Far: save as CSV')).toString()).toBe('From\r\n200\r\n');
    await saved('Far: save as PNG');
    expect(await texts(page, 'Far')).toContain('Far of 200');
    expect(await page.evaluate(() => scrollY)).toBe(0);
    await press('Map: show as table');
    expect(await page.getByRole('region', { name: 'Rows of Map' }).locator('td').allTextContents()).toEqual(
      expect.arrayContaining(['Row 2', '201', '202']),
    );
    await page.close();
  });

  test('the picture of a heat map has all of its rows, not only those in sight', async () => {
    const page = await open();
    const [width, height] = await page
      .getByRole('img', { name: 'Map' })
      .evaluate(({ clientWidth, clientHeight }) => [clientWidth, clientHeight]);
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Map: save as PNG' }).click();
    const png = readFileSync((await (await download).path()) ?? '');
    // 40 rows of 26 pixels where 10 are in sight, and what stands below them, at two pixels each
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([
      2 * (width ?? 0),
      2 * ((height ?? 0) + 30 * 26),
    ]);
    await page.close();
  });

  test('a heat map is scrolled by its rows, and tells of the cell that one points at', async () => {
    const page = await open();
    const rows = page.getByRole('region', { name: 'Map: 40 rows, 10 in sight' });
    await rows.scrollIntoViewIfNeeded();
    await expect.poll(() => texts(page, 'Map')).toContain('Row 10');
    await forget(page);
    await rows.evaluate((element) => {
      element.scrollTop = 5 * 26;
    });
    await expect.poll(() => texts(page, 'Map')).toContain('Row 15');
    expect(await texts(page, 'Map')).not.toContain('Row 5');
    const map = page.getByRole('img', { name: 'Map' });
    await map.hover({ position: { x: 200, y: 13 } });
    await page.getByText('Row 6: 105').waitFor();
    // nothing is told where there is no cell
    const width = await map.evaluate(({ clientWidth }) => clientWidth);
    await map.hover({ position: { x: width / 2, y: 13 } });
    await page.getByText('Row 6: 105').waitFor({ state: 'detached' });
    await page.close();
  });
});
