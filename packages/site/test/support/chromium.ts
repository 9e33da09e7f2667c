import type { Browser } from 'playwright-core';

const finder = new URL('../../../../tools/browser/find-chromium.mjs', import.meta.url);

/** The browser that tests look through; undefined where there is none. */
export const chromiumPath: string | undefined = (await import(finder.href)).findChromium();

if (!chromiumPath) {
  process.stderr.write(
    '\n⚠ No Chromium here: the browser tests of the site are SKIPPED. Install it, or set MATINEE_CHROMIUM.\n\n',
  );
}

export async function openChromium(): Promise<Browser> {
  const { chromium } = await import('playwright-core');
  return chromium.launch({ executablePath: chromiumPath ?? '', args: ['--no-sandbox'] });
}
