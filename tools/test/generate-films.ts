import { must, root } from './support.js';

/** Writes a generated sample to a folder. @returns the folder. */
export async function generateFilms(folder: string, options: readonly string[]): Promise<string> {
  await must(process.execPath, ['tools/bin/generate-data.mjs', '--out', folder, '--quiet', ...options], root);
  return folder;
}
