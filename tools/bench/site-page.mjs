/** Opens pages of a site as readers do, and tells what their numbers take. */
import { setTimeout as pause } from 'node:timers/promises';
import { median } from './numbers.mjs';

/** So long after a change nothing happens any more, animations included. */
const QUIET_MS = 500;
const SIZE = { width: 1280, height: 900 };

/**
 * @typedef {object} Measured milliseconds
 * @property {number} processor processor time of the page's main thread
 * @property {number} inSight until the last chart in sight was painted
 * @property {number} wall until the last chart was painted; of a page that opens, until the first was, or headline numbers
 */

/** Opens a page as for the first time. @returns {Promise<Measured>} */
export async function measureFirst(browser, url, address) {
  const { page, processorTime, close } = await open(browser);
  try {
    await page.goto(`${url}#/${address}`);
    const { wall } = await page
      .waitForFunction(firstNumbers, undefined, { polling: 5 })
      .then((handle) => handle.jsonValue());
    return { processor: await processorTime(), wall, inSight: wall };
  } finally {
    await close();
  }
}

/**
 * Changes the filter of an open page again and again.
 *
 * @param {(page: import('playwright-core').Page) => Promise<string[]>} choose the filters, of what the page offers
 * @returns {Promise<Measured[]>}
 */
export async function measureFilters(browser, url, address, choose) {
  const { page, processorTime, close } = await open(browser);
  try {
    await page.goto(`${url}#/${address}`);
    await page.waitForFunction(isComplete);
    await pause(2 * QUIET_MS);
    const idle = await idleTime(processorTime);
    const measured = [];
    for (const filter of await choose(page)) {
      const before = await processorTime();
      await page.evaluate(changeFilter, `#/${address}?${filter}`);
      await pause(QUIET_MS);
      const processor = (await processorTime()) - before - idle;
      measured.push({ processor, ...(await page.evaluate(readPaints)) });
    }
    // the first ones meet code that the browser has not compiled yet
    return measured.slice(WARM);
  } finally {
    await close();
  }
}

/** So many changes are not counted. */
export const WARM = 3;

/** What the page takes of the processor while nothing happens for as long as a change is looked at. */
async function idleTime(processorTime) {
  const all = [];
  for (let round = 0; round < 3; round++) {
    const before = await processorTime();
    await pause(QUIET_MS);
    all.push((await processorTime()) - before);
  }
  return median(all);
}

async function open(browser) {
  const context = await browser.newContext({ viewport: SIZE });
  const page = await context.newPage();
  await page.addInitScript(watchPaints);
  const devtools = await context.newCDPSession(page);
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  const processorTime = async () => {
    const { metrics } = await devtools.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration').value * 1000;
  };
  return { page, processorTime, close: () => context.close() };
}

// What follows runs in the page.

/** Notes when canvases are painted: every painting begins by clearing. */
function watchPaints() {
  const { clearRect } = CanvasRenderingContext2D.prototype;
  globalThis.paints = [];
  CanvasRenderingContext2D.prototype.clearRect = function (...args) {
    clearRect.apply(this, args);
    if (!this.canvas.isConnected) return;
    const { top, bottom } = this.canvas.getBoundingClientRect();
    const note = () =>
      globalThis.paints.push({ at: performance.now(), inSight: bottom >= 0 && top <= innerHeight });
    queueMicrotask(note);
  };
}

function firstNumbers() {
  const [first] = globalThis.paints;
  if (first) return { wall: first.at };
  const tile = document.querySelector('.tile strong');
  const isWaiting = document.querySelector('.chart, .skeleton') !== null;
  return tile && !isWaiting ? { wall: performance.now() } : false;
}

function isComplete() {
  const texts = [...document.querySelectorAll('.tile strong')].map(({ textContent }) => textContent);
  return texts.length > 0 && !texts.includes('…') && document.querySelector('.waiting') === null;
}

function changeFilter(hash) {
  globalThis.paints = [];
  globalThis.changedAt = performance.now();
  history.replaceState(null, '', hash);
  dispatchEvent(new HashChangeEvent('hashchange'));
}

function readPaints() {
  const last = (paints) => Math.max(...paints.map(({ at }) => at)) - globalThis.changedAt;
  const { paints } = globalThis;
  return { inSight: last(paints.filter(({ inSight }) => inSight)), wall: last(paints) };
}
