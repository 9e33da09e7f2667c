import { between, pick } from '../seeded/random.mjs';

/**
 * What a reader does to a filter: gives a field a value, or clicks where no value is said.
 *
 * @typedef {object} Change
 * @property {string} selector
 * @property {number} index of those that the selector finds
 * @property {string} [value]
 */

/** For each page that has filters: random changes through its own controls, of what they offer. */
export const FILTERS = {
  audience: someDays,
  'genre/Drama': someDays,
  tags: someBoxes,
  recommendations: someBoxes,
};

/** Moves one end of the range of days after the other. @returns {Promise<Change[]>} */
async function someDays(page, random, count) {
  const selector = 'input[type=date]';
  const input = page.locator(selector).first();
  const [first, last] = await Promise.all(
    ['min', 'max'].map(async (name) => dayOf(await input.getAttribute(name))),
  );
  return times(count, (place) => ({
    selector,
    index: place % 2,
    value: dayText(between(random, first, last)),
  }));
}

/** Ticks one box of a list after the other; each second change takes the tick away again. @returns {Promise<Change[]>} */
async function someBoxes(page, random, count) {
  await page.locator('.filters button').first().click();
  const selector = '.filters input[type=checkbox]';
  const boxes = [...Array(await page.locator(selector).count()).keys()];
  let ticked = 0;
  return times(count, (place) => {
    if (place % 2 === 0) ticked = pick(random, boxes);
    return { selector, index: ticked };
  });
}

const DAY_MS = 86_400_000;
const dayOf = (text) => Date.parse(text) / DAY_MS;
const dayText = (day) => new Date(day * DAY_MS).toISOString().slice(0, 10);
const times = (count, make) => Array.from({ length: count }, (_, place) => make(place));
