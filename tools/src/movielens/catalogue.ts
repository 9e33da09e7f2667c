import { yearAdded } from './calendar.js';
import { drawGenres } from './genres.js';
import { movieIds } from './movie-ids.js';
import { drawQualities, drawRanks } from './popularity.js';
import { Random } from './rng.js';
import { drawTitle } from './titles.js';

/** The movies of a set, by index: in the order of their ids, which is the order in which they were added. */
export interface Catalogue {
  readonly ids: Int32Array;
  readonly titles: readonly string[];
  /** Indexes into GENRES, rising. */
  readonly genres: readonly (readonly number[])[];
  /** The year in which the movie came into the catalogue: nobody rates it before. */
  readonly yearsAdded: Int32Array;
  /** 0 for the movie that is rated most often. */
  readonly ranks: Int32Array;
  /** How much better than usual a movie is: about standard normal. */
  readonly qualities: Float64Array;
}

const OLDEST_YEAR = 1902;
/** One title in about two thousand is another movie's title too. */
const DUPLICATE_ONE_IN = 2_000;
/** One movie in twenty is popular. */
const POPULAR_ONE_IN = 20;

/** Most movies are added in their year or the next; the others are old ones, the rarer the older. */
function yearMade(random: Random, added: number): number {
  if (random.below(100) < 55) return added - random.below(2);
  const age = Math.floor(-Math.log(1 - random.real()) * 19);
  return Math.max(OLDEST_YEAR, added - 1 - age);
}

export function makeCatalogue(seed: number, movies: number): Catalogue {
  const ids = movieIds(new Random(seed, 'movie ids'), movies);
  const ranks = drawRanks(new Random(seed, 'movie ranks'), movies);
  const qualities = drawQualities(new Random(seed, 'movie qualities'), ranks);
  const yearsAdded = Int32Array.from(ids, (_, i) => yearAdded(i, movies));
  const random = new Random(seed, 'movies');
  const titles: string[] = [];
  const genres: number[][] = [];
  for (let i = 0; i < movies; i++) {
    random.at(i);
    genres.push(drawGenres(random, ranks[i]! < movies / POPULAR_ONE_IN));
    const title = drawTitle(random, yearMade(random, yearsAdded[i]!));
    const again = i > 0 && random.below(DUPLICATE_ONE_IN) === 0;
    titles.push(again ? titles[random.below(i)]! : title);
  }
  return { ids, titles, genres, yearsAdded, ranks, qualities };
}
