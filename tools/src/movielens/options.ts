import type { ShapeName, TableName } from './csv-shape.js';
import { GenerateError } from './errors.js';
import { checkCounts, countsForRatings, SCALES, type ScaleName, type SetCounts } from './scale.js';

/** How far a set is: rows of the file at work, and rows of all files together. */
export interface GenerateProgress {
  readonly table: TableName;
  readonly tableRows: number;
  readonly rowsDone: number;
  readonly rowsInAll: number;
}

export interface GenerateOptions {
  /** The folder to make. It appears when the set is complete, or not at all. */
  readonly out: string;
  /** A named size; `small` unless `ratings` is given. Not both. */
  readonly scale?: ScaleName | undefined;
  /** How many ratings; all other counts follow. */
  readonly ratings?: number | undefined;
  /** Single counts that differ from those of the scale or of the number of ratings. */
  readonly counts?: Partial<Omit<SetCounts, 'ratings'>> | undefined;
  /** A whole number >= 0 (default 1): the same seed gives the same data. */
  readonly seed?: number | undefined;
  /** Default `grouplens`. */
  readonly shape?: ShapeName | undefined;
  /** Write `.csv.gz` files. */
  readonly gzip?: boolean | undefined;
  readonly onProgress?: ((progress: GenerateProgress) => void) | undefined;
  /** Cancels: the call then rejects with a `GenerateError` (`cancelled`) and leaves nothing behind. */
  readonly signal?: AbortSignal | undefined;
}

/** All that decides what the bytes of a set are, apart from the generator's version. */
export interface SetSpec {
  readonly seed: number;
  readonly shape: ShapeName;
  readonly gzip: boolean;
  readonly counts: SetCounts;
}

/** Fills in the defaults; throws a `GenerateError` (`usage`) for a set that cannot be. */
export function resolveSpec(options: GenerateOptions): SetSpec {
  const { scale, ratings, seed = 1, shape = 'grouplens', gzip = false } = options;
  if (scale !== undefined && ratings !== undefined) {
    throw new GenerateError('usage', 'give a scale or a number of ratings, not both');
  }
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new GenerateError('usage', `the seed must be a whole number from 0 to 2^53 - 1, not ${seed}`);
  }
  const base = ratings === undefined ? SCALES[scale ?? 'small'] : countsForRatings(ratings);
  const counts = { ...base, ...options.counts };
  checkCounts(counts);
  return { seed, shape, gzip, counts };
}
