/** Opens pages of a site as readers do, and tells what their numbers take. */
import { setTimeout as pause } from 'node:timers/promises';
import { median } from './numbers.mjs';

/** So long after a change nothing happens any more, animations included. */
const QUIET_MS = 500;
const WINDOW = { width: 1280, height: 900 };

/**
 * @typedef {object} Measured milliseconds
 * @property {number} processor processor time of the page's main thread, for layout and painting as well as scripts
 * @property {number} wall of a page that opens, until it painted its first chart or headline numbers; of a filter, from the
 * event of the control to the end of the frame in which the last of the numbers in sight was painted. What the browser takes
 * to bring the frame to the screen comes on top, and is not a page's to change.
 */

/** Opens a page as for the first time. @returns {Promise<Measured>} */
export async function measureFirst(browser, url, address) {
  const { page, processorTime, close } = await open(browser);
  try {
    await page.goto(`${url}#/${address}`);
    const { wall } = await page
      .waitForFunction(firstNumbers, undefined, { polling: 5 })
      .then((handle) => handle.jsonValue());
    return { processor: await processorTime(), wall };
  } finally {
    await close();
  }
}

/**
 * Changes the filter of an open page again and again.
 *
 * @param {(page: import('playwright-core').Page) => Promise<import('./site-filters.mjs').Change[]>} choose
 * @param {boolean} isWhole in a window so high that all of the page is in sight
 * @returns {Promise<Measured[]>}
 */
export async function measureFilters(browser, url, address, choose, isWhole) {
  const { page, processorTime, close } = await open(browser);
  try {
    await page.goto(`${url}#/${address}`);
    await page.waitForFunction(isComplete);
    if (isWhole) await page.setViewportSize({ ...WINDOW, height: await page.evaluate(pageHeight) });
    const changes = await choose(page);
    await pause(2 * QUIET_MS);
    const idle = await idleTime(processorTime);
    const measured = [];
    for (const change of changes) {
      const before = await processorTime();
      await page.evaluate(makeChange, change);
      await pause(QUIET_MS);
      const processor = (await processorTime()) - before - idle;
      measured.push({ processor, wall: await page.evaluate(lastPaint) });
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
  const context = await browser.newContext({ viewport: WINDOW });
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

/** Notes each painting of a canvas, which begins by clearing it, and each change of the document, by the end of its frame. */
function watchPaints() {
  globalThis.paints = [];
  const { port1, port2 } = new MessageChannel();
  const waiting = [];
  let isFrame = false;
  const ask = requestAnimationFrame.bind(globalThis);
  globalThis.requestAnimationFrame = (callback) =>
    ask((time) => {
      isFrame = true;
      callback(time);
      isFrame = false;
    });
  // a message that is sent in a frame arrives after it was laid out and painted
  port1.onmessage = () => {
    const end = performance.now();
    for (const paint of waiting.splice(0)) globalThis.paints.push({ ...paint, end });
  };
  const note = (isInSight) => {
    const send = () => {
      waiting.push({ isInSight });
      port2.postMessage(null);
    };
    if (isFrame) send();
    else ask(send);
  };
  const { clearRect } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.clearRect = function (...args) {
    clearRect.apply(this, args);
    if (!this.canvas.isConnected) return;
    const { top, bottom } = this.canvas.getBoundingClientRect();
    note(bottom >= 0 && top <= innerHeight);
  };
  globalThis.watchTexts = () =>
    new MutationObserver(() => note(true)).observe(document.querySelector('main'), {
      subtree: true,
      childList: true,
      characterData: true,
    });
}

function firstNumbers() {
  const [first] = globalThis.paints;
  if (first) return { wall: first.end };
  const tile = document.querySelector('.tile strong');
  const isWaiting = document.querySelector('.chart, .skeleton') !== null;
  return tile && !isWaiting ? { wall: performance.now() } : false;
}

function isComplete() {
  const texts = [...document.querySelectorAll('.tile strong')].map(({ textContent }) => textContent);
  const isThere = texts.length > 0 && !texts.includes('…') && document.querySelector('.waiting') === null;
  if (isThere) globalThis.watchTexts();
  return isThere;
}

const pageHeight = () => document.documentElement.scrollHeight;

function makeChange({ selector, index, value }) {
  const control = document.querySelectorAll(selector)[index];
  globalThis.paints = [];
  globalThis.changedAt = performance.now();
  if (value === undefined) {
    control.click();
  } else {
    control.value = value;
    control.dispatchEvent(new Event('input', { bubbles: true }));
  }
}

function lastPaint() {
  const ends = globalThis.paints.filter(({ isInSight }) => isInSight).map(({ end }) => end);
  return Math.max(globalThis.changedAt, ...ends) - globalThis.changedAt;
}
