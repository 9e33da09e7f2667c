import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reading } from '../../../../tools/test/warehouse/compare.js';
import { type SiteServer, serveSite } from '../../../site/src/index.js';
import { chromiumPath, openChromium } from '../../../site/test/support/chromium.js';
import { type BuiltSites, buildSites } from '../support/built-sites.js';
import { buildHostileSite } from '../support/hostile-site.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const addresses = ['', 'audience', 'genre/Drama', 'tags', 'recommendations'] as const;
const sizes = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } } as const;

describe.skipIf(!chromiumPath)('the dashboards in a browser', () => {
  let sites: BuiltSites;
  let full: SiteServer;
  let thin: SiteServer;
  let browser: Browser;
  const problems: string[] = [];

  beforeAll(async () => {
    sites = await buildSites();
    full = await serveSite(sites.full.folder, 0);
    thin = await serveSite(sites.thin.folder, 0);
    browser = await openChromium();
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await full?.close();
    await thin?.close();
    sites?.remove();
  });

  interface Look {
    readonly base?: SiteServer;
    readonly size?: keyof typeof sizes;
  }

  /** Opens a page and waits for its numbers; errors, warnings and requests that leave the site are problems. */
  async function open(address: string, { base = full, size = 'desktop' }: Look = {}) {
    const page = await browser.newPage({ viewport: sizes[size], reducedMotion: 'reduce' });
    problems.length = 0;
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text());
    });
    page.on('pageerror', (error) => problems.push(String(error)));
    page.on('request', (request) => {
      if (!request.url().startsWith(base.url) && !/^(data|blob):/.test(request.url()))
        problems.push(request.url());
    });
    await page.goto(`${base.url}#/${address}`);
    await page.locator('.tile, .nothing').first().waitFor();
    await page.waitForFunction(
      () =>
        !document.querySelector('.waiting') &&
        ![...document.querySelectorAll('.tile strong')].some(({ textContent }) => textContent === '…'),
    );
    return page;
  }

  const tiles = async (page: Page) =>
    Object.fromEntries(
      await page
        .locator('.tile')
        .evaluateAll((all) =>
          all.map((tile) => [
            tile.querySelector('dt')?.textContent,
            tile.querySelector('strong')?.textContent,
          ]),
        ),
    ) as Record<string, string>;

  /** One row of SQL over the warehouse, as tiles write it. */
  async function answer(sql: string): Promise<string[]> {
    const [row = []] = await reading(sites.full.database, async (connection) =>
      (await connection.runAndReadAll(sql)).getRows(),
    );
    return row.map((cell) =>
      typeof cell === 'bigint' ? cell.toLocaleString('en-US') : Number(cell).toFixed(2),
    );
  }

  async function violations(page: Page): Promise<string[]> {
    await page.evaluate(axe);
    return page.evaluate(async () => {
      const { axe } = window as unknown as {
        axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
      };
      const { violations } = await axe.run();
      return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
    });
  }

  const looks = addresses.flatMap((address) =>
    (['desktop', 'phone'] as const).map((size) => ({ address, size })),
  );

  test.each(looks)(
    '#/$address on a $size has nothing that keeps anyone out, in light and in dark',
    async ({ address, size }) => {
      const page = await open(address, { size });
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await page.waitForTimeout(150);
        expect(await violations(page), colorScheme).toEqual([]);
        expect(
          await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
        ).toBeLessThanOrEqual(0);
        expect(problems).toEqual([]);
      }
      await page.close();
    },
  );

  test('charts with their tables open have nothing that keeps anyone out either', async () => {
    for (const address of ['audience', 'tags', 'recommendations']) {
      const page = await open(address);
      for (const button of await page.getByRole('button', { name: 'show as table' }).all())
        await button.click();
      expect(await violations(page)).toEqual([]);
      expect(await page.locator('table').count()).toBeGreaterThan(2);
      await page.close();
    }
  });

  test('the first page leads through three doors and tells how the last build went', async () => {
    const page = await open('');
    expect(await page.locator('.door strong').allTextContents()).toEqual([
      'Audience',
      'Tag insights',
      'Recommendations',
    ]);
    const [users, ratings] = await answer(
      'select count(distinct user_id), count(*) from audience.fct_user_behaviour_genres_concat',
    );
    expect(await tiles(page)).toMatchObject({ Users: users, Ratings: ratings });
    expect(await page.locator('.status-list').textContent()).toMatch(/Last run .*build: ok.*tests passed/);
    await page
      .getByRole('link', { name: /^Tag insights/ })
      .last()
      .click();
    await page.getByRole('heading', { level: 1, name: 'Tag insights' }).waitFor();
    expect(problems).toEqual([]);
    await page.close();
  });

  test('a range of days is typed by keyboard, stands in the address, and a link to it shows the same', async () => {
    const page = await open('audience');
    const before = await tiles(page);
    await page.getByLabel('Days, from').fill('2015-01-01');
    await page.getByLabel('Days, to').fill('2015-12-31');
    await page.getByLabel('Days, to').press('Tab');
    await page.waitForFunction(
      (ratings) => document.querySelectorAll('.tile strong')[1]?.textContent !== ratings,
      before.Ratings,
    );
    await expect.poll(() => page.url()).toContain('days=2015-01-01..2015-12-31');
    const shown = await tiles(page);
    const [users, ratings, average, movies] = await answer(`
      select count(distinct user_id), count(*), avg(rating), count(distinct movie_id)
      from audience.fct_user_behaviour_genres_concat where rated_year = 2015`);
    expect(shown).toMatchObject({
      Users: users,
      Ratings: ratings,
      'Average rating': average,
      Movies: movies,
    });
    const other = await open(page.url().replace(/^.*#\//, ''));
    expect(await tiles(other)).toEqual(shown);
    await other.getByRole('button', { name: 'All time' }).click();
    await expect.poll(() => other.url()).not.toContain('days=');
    expect(await tiles(other)).toEqual(before);
    expect(problems).toEqual([]);
    await other.close();
    await page.close();
  });

  test('a genre leads to its page by keyboard, with the days that were chosen, and back', async () => {
    const page = await open('audience?days=2010-01-01..2016-12-31');
    await page.getByRole('button', { name: 'Genres by ratings and average: show as table' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'Comedy', exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Comedy' }).waitFor();
    await expect.poll(() => page.url()).toContain('#/genre/Comedy?days=2010-01-01..2016-12-31');
    const [ratings, average] = await answer(`
      select count(*), avg(rating) from audience.fct_user_behaviour_genres
      where genre_name = 'Comedy' and rated_year between 2010 and 2016`);
    expect(await tiles(page)).toMatchObject({ Ratings: ratings, 'Average rating': average });
    await page.getByLabel('Genre', { exact: true }).selectOption('Drama');
    await page.getByRole('heading', { level: 1, name: 'Drama' }).waitFor();
    await page.getByRole('link', { name: 'All genres' }).click();
    await page.getByRole('heading', { level: 1, name: 'Audience' }).waitFor();
    await expect.poll(() => page.url()).toContain('#/audience?days=2010-01-01..2016-12-31');
    expect(problems).toEqual([]);
    await page.close();
  });

  test('cohorts are scrolled through by keyboard, and put together by years on request', async () => {
    const page = await open('audience');
    const months = page.getByRole('region', { name: /^Cohort retention by month of first rating: \d+ rows/ });
    expect(await months.getAttribute('aria-label')).toMatch(/20 in sight$/);
    await months.focus();
    await page.keyboard.press('End');
    await expect.poll(() => months.evaluate((place) => place.scrollTop)).toBeGreaterThan(26);
    await page.getByText('Years', { exact: true }).click();
    await page.getByRole('heading', { name: 'Cohort retention by year of first rating' }).waitFor();
    await expect.poll(() => page.url()).toContain('cohorts=year');
    expect(problems).toEqual([]);
    await page.close();
  });

  test('a click on a bar leads to the page of its genre', async () => {
    const page = await open('audience');
    const chart = page.getByRole('img', { name: /^Genres by ratings/ });
    await chart.scrollIntoViewIfNeeded();
    await page.waitForTimeout(200);
    await chart.click({ position: { x: 122, y: 42 } });
    await page.waitForURL(/#\/genre\//);
    const [first] = await reading(sites.full.database, async (connection) =>
      (
        await connection.runAndReadAll(
          'select genre_name from audience.fct_user_behaviour_genres group by 1 order by count(*) desc, 1 limit 1',
        )
      ).getRows(),
    );
    await page.getByRole('heading', { level: 1, name: String(first?.[0]) }).waitFor();
    await page.close();
  });

  test('tags are chosen by keyboard; movies and ratings count once however many tags they have', async () => {
    const page = await open('tags');
    const all = await tiles(page);
    await page.getByRole('button', { name: 'Tags' }).focus();
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.activeElement?.getAttribute('type') === 'search');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.url()).toContain('tags=');
    await expect.poll(() => tiles(page)).toMatchObject({ Tags: '2' });
    const shown = await tiles(page);
    expect(shown).not.toEqual(all);
    const names = await page.locator('.data-table tbody td:first-child').allTextContents();
    const [movies, ratings] = await answer(`
      select count(*), sum(rating_count)::bigint from content.int_movie_rating_stats where movie_id in (
        select movie_id from content.int_tag_movie_link where tag in (${names.map((name) => `'${name.replaceAll("'", "''")}'`).join(', ')}))`);
    expect(shown).toMatchObject({ 'Tagged movies': movies, 'Movie ratings': ratings });
    expect(problems).toEqual([]);
    await page.close();
  });

  test('a category filters the movies, which are searched, sorted and turned over', async () => {
    const page = await open('recommendations?category=rising_star');
    const [movies] = await answer(
      `select count(*) from recommendation.fct_movie_recommendations where recommendation_category = 'rising_star'`,
    );
    expect(await tiles(page)).toMatchObject({ 'Recommended movies': movies, 'Recommended categories': '1' });
    const table = page.locator('.data-table');
    const titles = () => table.locator('tbody td:first-child').allTextContents();
    const first = await titles();
    await table.getByRole('button', { name: 'Next' }).click();
    expect(await titles()).not.toEqual(first);
    await table.getByRole('button', { name: 'Movie' }).click();
    const sorted = await titles();
    expect(sorted).toEqual(
      [...sorted].sort(new Intl.Collator('en', { numeric: true, sensitivity: 'base' }).compare),
    );
    const [wanted = ''] = first;
    await table.getByRole('searchbox').fill(wanted);
    expect(await titles()).toEqual([wanted]);
    expect(problems).toEqual([]);
    await page.close();
  });

  test('the history has a row for each category and build that changed it', async () => {
    const page = await open('recommendations');
    await page.getByRole('button', { name: 'from build to build: show as table' }).click();
    const rows = page
      .getByRole('region', { name: 'Recommended movies from build to build' })
      .locator('tbody tr');
    const [changes] = await answer('select count(*) from recommendation.cube_recommendation_history');
    expect(String(await rows.count())).toBe(changes);
    await page.close();
  });

  test('a chart is saved as CSV with the numbers of its table, and as PNG', async () => {
    const page = await open('audience');
    const csv = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Engagement level by month: save as CSV' }).click();
    const lines = readFileSync((await (await csv).path()) ?? '', 'utf8')
      .trimEnd()
      .split('\r\n');
    expect(lines[0]).toBe('Month,Low,Medium,High,Super high');
    const [low] = await answer(`
      select count(distinct user_id) from audience.fct_user_behaviour_genres_concat
      where rated_month = 1 and engagement_level = 'Low-Engagement'`);
    expect(lines[1]?.split(',').slice(0, 2)).toEqual(['Jan', low]);
    const png = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Engagement level by month: save as PNG' }).click();
    expect((await png).suggestedFilename()).toBe('engagement-level-by-month.png');
    await page.close();
  });

  test('where no tag is measured the page says why, and what to do', async () => {
    const page = await open('tags', { base: thin });
    expect(await page.locator('main').textContent()).toMatch(
      /No tag is on enough movies.*min_tag_movies.*npx matinee build/,
    );
    expect(await violations(page)).toEqual([]);
    expect(problems).toEqual([]);
    await page.close();
  });

  test('an address that names nothing that is there is answered in words', async () => {
    for (const address of [
      'genre/Knitting',
      'tags?tags=nothing',
      'audience?days=1900-01-01..1900-02-01',
      'recommendations?category=nothing',
    ]) {
      const page = await browser.newPage();
      problems.length = 0;
      page.on('pageerror', (error) => problems.push(`${address}: ${error}`));
      await page.goto(`${full.url}#/${address}`);
      await page.locator('h1').waitFor();
      await page.waitForTimeout(200);
      expect(await page.locator('.problem').count(), address).toBe(0);
      expect(problems).toEqual([]);
      await page.close();
    }
  });

  test('ten digits fit into a tile, beside four others at a desk and on a narrow phone', async () => {
    const page = await open('audience');
    for (const width of [1280, 1024, 390, 320]) {
      await page.setViewportSize({ width, height: 900 });
      const [needed, room] = await page
        .locator('.tile strong')
        .nth(1)
        .evaluate((number) => {
          number.textContent = '20,000,263';
          const range = document.createRange();
          range.selectNodeContents(number);
          return [range.getBoundingClientRect().width, number.clientWidth] as const;
        });
      expect([width, needed <= room]).toEqual([width, true]);
    }
    await page.close();
  });

  test('at a desk no table of the documentation is cut off, and the lineage stands in sight with its buttons', async () => {
    const page = await browser.newPage({ viewport: sizes.desktop });
    for (const address of ['docs', 'docs/fct_user_behaviour_genres']) {
      await page.goto(`${full.url}#/${address}`);
      const tables = page.locator('.table-scroll');
      await tables.first().waitFor();
      const cut = await tables.evaluateAll((all) =>
        all
          .filter((table) => table.scrollWidth > table.clientWidth)
          .map((table) => table.getAttribute('aria-label')),
      );
      expect(cut, address).toEqual([]);
    }
    await page.goto(`${full.url}#/lineage`);
    await expect(page.getByRole('button', { name: 'Save as SVG' }).boundingBox()).resolves.toSatisfy(
      (box: { y: number; height: number }) => box.y + box.height <= sizes.desktop.height,
    );
    await page.close();
  });

  test('a range of days without ratings is told, with the days that have some', async () => {
    for (const address of ['audience', 'genre/Drama']) {
      const page = await open(`${address}?days=2050-01-01..`);
      expect((await tiles(page)).Ratings).toBe('0');
      await page.getByRole('heading', { name: 'No ratings in these days' }).waitFor();
      expect(await page.locator('.chart-canvas').count()).toBe(0);
      await page.getByRole('button', { name: 'All time' }).click();
      await page.getByRole('heading', { name: 'Ratings and their average over time' }).waitFor();
      expect(problems).toEqual([]);
      await page.close();
    }
  });

  test('names in the data are text, whatever they say: nothing of them runs, and no object takes them for its own', async () => {
    const base = await serveSite(await buildHostileSite(sites.full), 0);
    for (const address of ['audience', 'genre/__proto__', 'tags', 'tags?tags=__proto__', 'recommendations']) {
      const page = await open(address, { base });
      for (const chart of await page.getByRole('img').all()) {
        await chart.scrollIntoViewIfNeeded();
        const { width, height } = (await chart.boundingBox()) ?? { width: 0, height: 0 };
        for (const share of [0.3, 0.5, 0.7])
          await chart.hover({ position: { x: width * share, y: height * share } });
      }
      for (const button of await page.getByRole('button', { name: 'show as table' }).all())
        await button.click();
      expect(
        await page.evaluate(() => ({
          ran: (globalThis as { ran?: unknown }).ran,
          markup: document.querySelectorAll('main img, main script').length,
          ownOfAll: ['prev', 'next', 'value', 'key'].filter((name) => name in {} || name in Object),
          overflow: document.documentElement.scrollWidth - innerWidth,
        })),
        address,
      ).toEqual({ ran: undefined, markup: 0, ownOfAll: [], overflow: 0 });
      expect(await page.locator('main').textContent()).toContain('__proto__');
      expect(problems).toEqual([]);
      await page.close();
    }
    await base.close();
  });
});
