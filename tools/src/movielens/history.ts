import { LAST_SECOND, yearOf } from './calendar.js';
import type { MovieLensModel } from './model.js';
import { MovieDrawer } from './movie-drawer.js';
import { Random } from './rng.js';
import { drawNextStart, drawRatingGap, drawSessionCount, drawSessionSize } from './sessions.js';
import { drawHalfStars, drawKindness, qualityPart } from './stars.js';

/** Sort keys are movie × KEY_STEP + position: exact in a double for any set size allowed here. */
const KEY_STEP = 1_048_576;

/**
 * Makes the ratings of one user at a time, from the seed and the user's index alone, so that memory does not grow with
 * the set and any user's ratings can be made again. After `make`, the first `count` entries of `movies` (indexes,
 * rising), `halfStars` (1 to 10) and `seconds` (epoch) hold that user's ratings, until the next `make`.
 */
export class HistoryMaker {
  count = 0;
  readonly movies: Int32Array;
  readonly halfStars: Uint8Array;
  readonly seconds: Int32Array;

  private readonly model: MovieLensModel;
  private readonly random: Random;
  private readonly drawer: MovieDrawer;
  private readonly qualityParts: Float64Array;
  private readonly keys: Float64Array;
  private readonly starsByTime: Uint8Array;
  private readonly secondsByTime: Int32Array;

  constructor(model: MovieLensModel) {
    const most = model.users.ratings.reduce((max, ratings) => Math.max(max, ratings), 0);
    this.model = model;
    this.random = new Random(model.seed, 'histories');
    this.drawer = new MovieDrawer(model);
    this.qualityParts = model.catalogue.qualities.map(qualityPart);
    this.keys = new Float64Array(most);
    this.starsByTime = new Uint8Array(most);
    this.secondsByTime = new Int32Array(most);
    this.movies = new Int32Array(most);
    this.halfStars = new Uint8Array(most);
    this.seconds = new Int32Array(most);
  }

  make(user: number): void {
    const { ratings, starts } = this.model.users;
    const random = this.random.at(user);
    this.count = ratings[user]!;
    this.drawer.start(user, this.count);
    const kindness = drawKindness(random);
    const sessions = drawSessionCount(random, this.count);
    let now = starts[user]!;
    let done = 0;
    for (let left = sessions; left > 0; left--) {
      const size = drawSessionSize(random, this.count - done, left, left === sessions);
      now = this.makeSession(kindness, now, done, done + size);
      done += size;
      if (left > 1) now = drawNextStart(random, now, left - 1);
    }
    this.sortByMovie();
  }

  /** Makes ratings `from` up to `to`, counted in order of time, from `start` on; returns the time of the last. */
  private makeSession(kindness: number, start: number, from: number, to: number): number {
    const { random, drawer, count } = this;
    const year = yearOf(start);
    let now = start;
    for (let i = from; i < to; i++) {
      if (i > from) now = Math.min(LAST_SECOND, now + drawRatingGap(random));
      const movie = drawer.next(random, year, count - i);
      this.keys[i] = movie * KEY_STEP + i;
      this.secondsByTime[i] = now;
      this.starsByTime[i] = drawHalfStars(random, kindness + this.qualityParts[movie]!, now);
    }
    return now;
  }

  private sortByMovie(): void {
    const keys = this.keys.subarray(0, this.count).sort();
    for (let i = 0; i < this.count; i++) {
      const movie = Math.floor(keys[i]! / KEY_STEP);
      const position = keys[i]! - movie * KEY_STEP;
      this.movies[i] = movie;
      this.halfStars[i] = this.starsByTime[position]!;
      this.seconds[i] = this.secondsByTime[position]!;
    }
  }
}
