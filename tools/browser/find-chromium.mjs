import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

/** The program of a Chromium: what MATINEE_CHROMIUM names, else the first on the PATH; undefined where there is none. */
export function findChromium() {
  if (process.env.MATINEE_CHROMIUM) return process.env.MATINEE_CHROMIUM;
  const folders = (process.env.PATH ?? '').split(delimiter);
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) =>
    existsSync(path),
  );
}
