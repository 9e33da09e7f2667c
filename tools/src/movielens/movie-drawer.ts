import { AliasTable } from './alias.js';
import { availableMovies, FIRST_YEAR } from './calendar.js';
import { assignCoverage, type Coverage } from './coverage.js';
import type { MovieLensModel } from './model.js';
import { popularityWeights } from './popularity.js';
import type { Random } from './rng.js';

/** After this many draws per rating that hit movies already rated, the rest are drawn without regard to popularity. */
const HITS_PER_RATING = 4;

/** Draws the movies that one user after another rates: none twice, and none before its year. */
export class MovieDrawer {
  private readonly weights: Float64Array;
  private readonly coverage: Coverage;
  /** By year: draws among the movies added until its end. */
  private readonly tables: (AliasTable | undefined)[] = [];
  /** By movie: the mark of the last user who got it. */
  private readonly marks: Int32Array;
  private mark = 0;
  private hitsLeft = 0;
  /** The part of `coverage.movies` that this user has still to rate. */
  private sureFrom = 0;
  private sureTo = 0;

  constructor({ seed, counts, catalogue, users }: MovieLensModel) {
    this.weights = popularityWeights(catalogue.ranks, counts.ratings, counts.users);
    this.coverage = assignCoverage(seed, catalogue, users);
    this.marks = new Int32Array(counts.movies);
  }

  /** Forgets the user before; `next` is to be called `ratings` times. */
  start(user: number, ratings: number): void {
    const { first, movies } = this.coverage;
    this.mark++;
    this.hitsLeft = HITS_PER_RATING * ratings;
    this.sureFrom = first[user]!;
    this.sureTo = first[user + 1]!;
    for (let i = this.sureFrom; i < this.sureTo; i++) this.marks[movies[i]!] = this.mark;
  }

  /** The index of the next movie; `left` counts the ratings still to come, this one included. */
  next(random: Random, year: number, left: number): number {
    const sure = this.sureTo - this.sureFrom;
    // Each of the sure movies is as likely to come at any place that is left.
    if (sure > 0 && random.real() * left < sure) return this.coverage.movies[this.sureFrom++]!;
    const available = availableMovies(year, this.marks.length);
    const table = this.tableFor(year, available);
    let movie = table.draw(random);
    while (this.marks[movie] === this.mark) {
      movie = this.hitsLeft-- > 0 ? table.draw(random) : random.below(available);
    }
    this.marks[movie] = this.mark;
    return movie;
  }

  private tableFor(year: number, available: number): AliasTable {
    const place = year - FIRST_YEAR;
    const table = this.tables[place] ?? new AliasTable(this.weights.subarray(0, available));
    this.tables[place] = table;
    return table;
  }
}
