import { GENRES } from './genres.js';
import type { MovieLensModel } from './model.js';
import { unusedIds } from './movie-ids.js';
import { normalSlices } from './normal.js';
import { Random, shuffle } from './rng.js';
import { GENERAL_TAGS, tagAt } from './tag-vocabulary.js';

/** One movie of the genome: its id and genres (indexes; none for an id that the movies file lacks). */
export interface GenomeMovie {
  readonly id: number;
  readonly genres: readonly number[];
}

/** Relevance comes in steps of 1 / RELEVANCE_STEPS from 0 to 1. */
export const RELEVANCE_STEPS = 4_000;
/** A genome of this many movies has one, two, … ids that are in no other file, as the published one has. */
const STRANGERS_FROM = [100, 5_000] as const;

const BACKGROUND = normalSlices(1_024).map((z) => Math.min(0.62, 0.05 * Math.exp(1.05 * z)));
/** How likely each of GENERAL_TAGS is to be among a movie's most relevant tags. */
const GENERAL_CHANCES = [0.5, 0.44, 0.38, 0.33, 0.28, 0.24, 0.2, 0.16] as const;
const TAGS_PER_GENRE = 40;
const STRONG_TAGS = 20;

/** The genome's tags in the order of their names; tag ids are index + 1. */
export function genomeTags(howMany: number): string[] {
  return Array.from({ length: howMany }, (_, rank) => tagAt(rank)).sort((a, b) =>
    a < b ? -1 : a > b ? 1 : 0,
  );
}

/** The genome's movies, by rising id: the most popular ones and one or two strangers. */
export function genomeMovies({ seed, counts, catalogue }: MovieLensModel): GenomeMovie[] {
  const strangers = STRANGERS_FROM.filter((size) => counts.genomeMovies >= size).length;
  const known = counts.genomeMovies - strangers;
  const movies: GenomeMovie[] = [];
  for (const [i, id] of catalogue.ids.entries()) {
    if (catalogue.ranks[i]! < known) movies.push({ id, genres: catalogue.genres[i]! });
  }
  const random = new Random(seed, 'genome strangers');
  for (const id of unusedIds(random, catalogue.ids, strangers)) movies.push({ id, genres: [] });
  return movies.sort((a, b) => a.id - b.id);
}

/**
 * Scores of one movie after another for all tags. Most tags hardly apply to most movies; about twenty apply well, and
 * those are drawn from a few general tags, from the tags that go with the movie's genres and, last, from all.
 */
export class GenomeScorer {
  private readonly random: Random;
  private readonly steps: Uint16Array;
  private readonly levels: Float64Array;
  private readonly general: readonly number[];
  private readonly byGenre: readonly Int32Array[];

  constructor(seed: number, tags: readonly string[]) {
    const random = new Random(seed, 'genome levels');
    this.random = new Random(seed, 'genome scores');
    this.steps = new Uint16Array(tags.length);
    this.levels = Float64Array.from(tags, () => 0.4 + 1.2 * random.real());
    this.general = GENERAL_TAGS.map((tag) => tags.indexOf(tag));
    this.byGenre = GENRES.map((_, genre) => {
      const all = Int32Array.from(tags, (_tag, i) => i);
      shuffle(random.at(genre + 1), all);
      return all.subarray(0, TAGS_PER_GENRE);
    });
  }

  /** Relevance of every tag to the genome's movie at `index`, in RELEVANCE_STEPS; overwritten by the next call. */
  score(index: number, movie: GenomeMovie): Uint16Array {
    const { steps, levels } = this;
    const random = this.random.at(index);
    for (let tag = 0; tag < steps.length; tag++) {
      const share = BACKGROUND[random.uint32() >>> 22]! * levels[tag]!;
      steps[tag] = Math.floor(share * RELEVANCE_STEPS);
    }
    for (const genre of movie.genres) {
      for (const tag of this.byGenre[genre]!) steps[tag] = Math.min(0.65 * RELEVANCE_STEPS, 2 * steps[tag]!);
    }
    this.raiseStrong(movie.genres);
    return steps;
  }

  private raiseStrong(genres: readonly number[]): void {
    const { random, steps } = this;
    if (steps.length === 0) return;
    for (const [i, tag] of this.general.entries()) {
      if (tag >= 0 && random.real() < GENERAL_CHANCES[i]!) this.raise(tag, random.below(9));
    }
    for (let place = 0; place < STRONG_TAGS; place++) {
      const pool = genres.length > 0 && random.below(4) < 3 ? this.byGenre[random.pick(genres)]! : undefined;
      // The product of two draws favours the first tags of a genre.
      const tag = pool
        ? pool[Math.floor(random.real() * random.real() * pool.length)]!
        : random.below(steps.length);
      this.raise(tag, place);
    }
  }

  /** Makes a tag about as relevant as the one at `place` (0 is the best) of a typical movie. */
  private raise(tag: number, place: number): void {
    const relevance = 0.99 - 0.026 * place - 0.05 * this.random.real();
    this.steps[tag] = Math.max(this.steps[tag]!, Math.floor(relevance * RELEVANCE_STEPS));
  }
}
