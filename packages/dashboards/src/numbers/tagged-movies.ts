import type { Cube } from './cube.js';
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
  const chosen = new Set(tags.map(({ id }) => id));
  const [movies, ids, counts, averages] = [
    cube.numbers('movie_id'),
    cube.numbers('tag_id'),
    cube.numbers('rating_count'),
    cube.numbers('avg_rating'),
  ];
  const seen = new Set<number>();
  let [ratings, sum] = [0, 0];
  for (let row = 0; row < cube.rows; row++) {
    const movie = movies[row] as number;
    if (!chosen.has(ids[row] as number) || seen.has(movie)) continue;
    seen.add(movie);
    ratings += counts[row] as number;
    sum += (counts[row] as number) * (averages[row] as number);
  }
  return { movies: seen.size, ratings, average: quotient(sum, ratings) };
}
