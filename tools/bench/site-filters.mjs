import { between, pick } from '../seeded/random.mjs';

/** For each page that has filters, random ones as they stand in its address, of what it offers. */
export const FILTERS = {
  audience: someDays,
  'genre/Drama': someDays,
  tags: someTags,
  recommendations: categories,
};

/** Ranges of days of any length: `days=2001-03-04..2010-05-06`. */
async function someDays(page, random, count) {
  const input = page.locator('input[type=date]').first();
  const [first, last] = await Promise.all(
    ['min', 'max'].map(async (name) => dayOf(await input.getAttribute(name))),
  );
  return times(count, () => {
    const from = between(random, first, last);
    return `days=${dayText(from)}..${dayText(between(random, from, last))}`;
  });
}

/** Two tags: `tags=action~comedy`. */
async function someTags(page, random, count) {
  const names = await page.locator('.data-table tbody td:first-child').allTextContents();
  return times(count, () => new URLSearchParams({ tags: `${pick(random, names)}~${pick(random, names)}` }));
}

/** One category after the other: `category=fading`. */
async function categories(page, _random, count) {
  await page.locator('.filters button').first().click();
  const labels = await page.locator('.filters label').allTextContents();
  await page.keyboard.press('Escape');
  const values = labels.map((label) => label.trim().toLowerCase().replaceAll(' ', '_'));
  return times(count, (place) => new URLSearchParams({ category: values[place % values.length] }));
}

const DAY_MS = 86_400_000;
const dayOf = (text) => Date.parse(text) / DAY_MS;
const dayText = (day) => new Date(day * DAY_MS).toISOString().slice(0, 10);
const times = (count, make) => Array.from({ length: count }, (_, place) => String(make(place)));
