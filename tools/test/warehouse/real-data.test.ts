import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe } from 'vitest';
import { copyFilms, hasRealData, MANY, realData } from '../films.js';
import { allRatings, buildsAsExpected } from './builds-as-expected.js';

/** All of them if MATINEE_REAL_DATA names them. */
async function realFilms(temporary: string): Promise<string> {
  if (process.env.MATINEE_REAL_DATA) return realData;
  const folder = join(temporary, 'films');
  await copyFilms(folder, MANY);
  return folder;
}

describe.skipIf(!hasRealData)('the warehouse of real data', () => {
  // The last build goes back to the first variables: recommendations are closed, and some return.
  buildsAsExpected(realFilms, [{}, allRatings, {}]);
});

describe.skipIf(!hasRealData)('the warehouse of real data without a tag genome', () => {
  buildsAsExpected(
    async (temporary) => {
      const folder = join(temporary, 'without-genome');
      await copyFilms(folder, MANY);
      for (const file of ['genome-scores.csv', 'genome-tags.csv']) await rm(join(folder, file));
      return folder;
    },
    [allRatings],
  );
});
