import { AliasTable } from './alias.js';
import { LAST_SECOND, TAGS_SINCE } from './calendar.js';
import { HistoryMaker } from './history.js';
import type { MovieLensModel } from './model.js';
import { Random } from './rng.js';
import { tagAt, VOCABULARY_SIZE } from './tag-vocabulary.js';
import type { Tagger } from './taggers.js';

/** One tag applied to a movie (by index), at a time in epoch seconds. */
export interface Tagging {
  readonly movie: number;
  readonly tag: string;
  readonly seconds: number;
}

/** No more different tags than this are in use, as in the published large set. */
const MOST_WORDS = 42_000;
const BLANKS_PER_THOUSAND = 4;
/** Seconds from a rating to the last of its tags, at most. */
const SOON = 600;

function commonness(size: number): Float64Array {
  return Float64Array.from({ length: size }, (_, rank) => 1 / Math.exp(0.8 * Math.log(rank + 8)));
}

function asTyped(random: Random, tag: string): string {
  if (random.below(1_000) >= BLANKS_PER_THOUSAND) return tag;
  return random.below(2) === 0 ? ` ${tag}` : `${tag}  `;
}

/** Makes the tags of one user at a time: on movies the user has rated, soon after the rating. */
export class TaggingMaker {
  private readonly random: Random;
  private readonly history: HistoryMaker;
  private readonly words: AliasTable;

  constructor(model: MovieLensModel) {
    this.random = new Random(model.seed, 'taggings');
    this.history = new HistoryMaker(model);
    const words = Math.min(VOCABULARY_SIZE, MOST_WORDS, Math.max(300, model.counts.tags));
    this.words = new AliasTable(commonness(words));
  }

  /** The user's taggings by rising movie; no movie gets the same tag twice. */
  make({ user, tags }: Tagger): Tagging[] {
    const { history, words } = this;
    const random = this.random.at(user);
    history.make(user);
    const taken = new Set<number>();
    while (taken.size < tags) {
      taken.add(random.below(history.count) * VOCABULARY_SIZE + words.draw(random));
    }
    return [...taken]
      .sort((a, b) => a - b)
      .map((key) => {
        const rating = Math.floor(key / VOCABULARY_SIZE);
        const seconds = Math.max(TAGS_SINCE, history.seconds[rating]!) + random.below(SOON);
        return {
          movie: history.movies[rating]!,
          tag: asTyped(random, tagAt(key % VOCABULARY_SIZE)),
          seconds: Math.min(LAST_SECOND, seconds),
        };
      });
  }
}
