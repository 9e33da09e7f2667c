import { existsSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe } from 'vitest';
import { allRatings, buildsAsExpected } from './builds-as-expected.js';
import { inRepository } from './command-line.js';

const realData = process.env.MATINEE_REAL_DATA ?? inRepository('../shared/data/movielens-small');
const hasRealData = existsSync(join(realData, 'ratings.csv'));
if (!hasRealData) {
  console.warn(
    `SKIPPED: the warehouse of real data. There is no ${realData}; set MATINEE_REAL_DATA to MovieLens files.`,
  );
}

describe.skipIf(!hasRealData)('the warehouse of real data', () => {
  // The last build goes back to the first variables: recommendations are closed, and some return.
  buildsAsExpected(async () => realData, [{}, allRatings, {}]);
});

describe.skipIf(!hasRealData)('the warehouse of real data without a tag genome', () => {
  buildsAsExpected(
    async (temporary) => {
      const folder = join(temporary, 'without-genome');
      await cp(realData, folder, {
        recursive: true,
        filter: (path) => !basename(path).startsWith('genome-'),
      });
      return folder;
    },
    [allRatings],
  );
});
