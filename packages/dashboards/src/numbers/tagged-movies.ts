import type { Cube } from './cube.js';
import { onceFor } from './once-for.js';
import { quotient } from './quotient.js';
import type { Tag } from './tags.js';

export interface TaggedMovies {
  /** Movies with at least one of the tags. */
  readonly movies: number;
  /** The ratings of these movies. */
  readonly ratings: number;
  /** Their mean, each movie weighted by its ratings. */
  readonly average: number | null;
}

/** What movies with any of some tags amount to, each counted once however many of the tags it has. @param cube `cube_tag_movies` */
export function taggedMovies(cube: Cube, tags: readonly Tag[]): TaggedMovies {
  const [movies, ids] = [moviesOf(cube), tagsOf(cube)];
  const [counts, averages] = [cube.numbers('rating_count'), cube.numbers('avg_rating')];
  const chosen = new Uint8Array(ids.places.size);
  for (const { id } of tags) {
    const place = ids.places.get(id);
    if (place !== undefined) chosen[place] = 1;
  }
  const seen = new Uint8Array(movies.places.size);
  let [count, ratings, sum] = [0, 0, 0];
  for (let row = 0; row < cube.rows; row++) {
    const movie = movies.ofRow[row] as number;
    if (chosen[ids.ofRow[row] as number] === 0 || seen[movie] === 1) continue;
    seen[movie] = 1;
    count++;
    ratings += counts[row] as number;
    sum += (counts[row] as number) * (averages[row] as number);
  }
  return { movies: count, ratings, average: quotient(sum, ratings) };
}

/** Ids counted through from 0, for arrays in place of sets: a filter looks at each row. */
interface Places {
  readonly places: ReadonlyMap<number, number>;
  readonly ofRow: Int32Array;
}

const moviesOf = onceFor((cube: Cube) => countThrough(cube.numbers('movie_id')));
const tagsOf = onceFor((cube: Cube) => countThrough(cube.numbers('tag_id')));

function countThrough(ids: Float64Array): Places {
  const places = new Map<number, number>();
  const ofRow = Int32Array.from(ids, (id) => {
    const place = places.get(id) ?? places.size;
    places.set(id, place);
    return place;
  });
  return { places, ofRow };
}
