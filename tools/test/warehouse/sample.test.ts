import { join } from 'node:path';
import { describe } from 'vitest';
import { generateFilms } from '../generate-films.js';
import { allRatings, buildsAsExpected } from './builds-as-expected.js';

describe('the warehouse of a generated sample', () => {
  buildsAsExpected((temporary) => generateFilms(join(temporary, 'sample'), ['--ratings', '12000']), [{}]);
});

describe('the warehouse of a generated sample in the Kaggle shape', () => {
  buildsAsExpected(
    (temporary) =>
      generateFilms(join(temporary, 'sample'), ['--ratings', '10000', '--shape', 'kaggle', '--gzip']),
    [allRatings],
  );
});
