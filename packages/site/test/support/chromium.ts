import { existsSync } from 'node:fs';
import type { Browser } from 'playwright-core';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The browser that tests look through; undefined where there is none. MATINEE_CHROMIUM names another. */
export const chromiumPath = [process.env.MATINEE_CHROMIUM, ...PLACES].find(
  (path) => path && existsSync(path),
);

if (!chromiumPath) {
  process.stderr.write(
    '\n⚠ No Chromium here: the browser tests of the site are SKIPPED. Install it, or set MATINEE_CHROMIUM.\n\n',
  );
}

export async function openChromium(): Promise<Browser> {
  const { chromium } = await import('playwright-core');
  return chromium.launch({ executablePath: chromiumPath ?? '', args: ['--no-sandbox'] });
}
