/** The films that both targets are built from. */
import { existsSync } from 'node:fs';
import { cp, open } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { inRepository } from '../warehouse/command-line.js';

export const realData = process.env.MATINEE_REAL_DATA ?? inRepository('../shared/data/movielens-small');
export const hasRealData = existsSync(join(realData, 'ratings.csv'));
if (!hasRealData)
  console.warn(
    `\n*** SKIPPED: the project on Snowflake. There is no ${realData}; set MATINEE_REAL_DATA to MovieLens files. ***\n`,
  );

const GENOME = 'genome-scores.csv';

/** Of the tag genome, to spare minutes: it is three of four rows, and all alike. */
const GENOME_BYTES = 600_000;

/** Copies the real films to a folder, with the beginning of their tag genome. */
export async function copyFilms(folder: string): Promise<void> {
  await cp(realData, folder, { recursive: true, filter: (path) => basename(path) !== GENOME });
  const [from, to] = [await open(join(realData, GENOME)), await open(join(folder, GENOME), 'w')];
  try {
    const { bytesRead, buffer } = await from.read(Buffer.alloc(GENOME_BYTES), 0, GENOME_BYTES, 0);
    const text = buffer.subarray(0, bytesRead);
    await to.writeFile(text.subarray(0, text.lastIndexOf(10) + 1));
  } finally {
    await from.close();
    await to.close();
  }
}
