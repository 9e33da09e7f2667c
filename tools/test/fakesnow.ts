/** fakesnow for tests; without it they are skipped, aloud. */
import { onTestFinished } from 'vitest';

interface Fakesnow {
  hasFakesnow(): boolean;
  startFakesnow(options?: { complete?: boolean }): Promise<{ readonly url: string; close(): Promise<void> }>;
}

const program: Fakesnow = await import(new URL('../fakesnow/start.mjs', import.meta.url).href);

export const hasFakesnow = program.hasFakesnow();
if (!hasFakesnow)
  console.warn(
    '\n*** SKIPPED: tests against fakesnow. Install it: node tools/python/install.mjs fakesnow ***\n',
  );

/** Starts it for one test. @returns its URL */
export async function openFakesnow(options: { complete?: boolean } = {}): Promise<string> {
  const fakesnow = await program.startFakesnow(options);
  onTestFinished(() => fakesnow.close());
  return fakesnow.url;
}
