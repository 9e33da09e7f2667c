import type { Cube } from './cube.js';
import { quotient } from './quotient.js';

export interface GenreMovie {
  readonly title: string;
  readonly ratings: number;
  readonly average: number | null;
}

/** Calendar years, both included. */
export interface Years {
  readonly from: number;
  readonly to: number;
}

/**
 * Of the movies of a genre that `cube_genre_movies` holds, those that were rated in some years; the most rated first, equal
 * ones by their id.
 */
export function genreMovies(cube: Cube, genre: string, years: Years): readonly GenreMovie[] {
  const [genres, titles] = [cube.texts('genre_name'), cube.texts('title')];
  const [ids, rated] = [cube.numbers('movie_id'), cube.numbers('rated_year')];
  const [ratings, sums] = [cube.numbers('ratings'), cube.numbers('rating_sum')];
  const wanted = genres.values.indexOf(genre);
  const found = new Map<number, { title: string; ratings: number; sum: number }>();
  for (let row = 0; row < cube.rows; row++) {
    const year = rated[row] as number;
    if (genres.codes[row] !== wanted || year < years.from || year > years.to) continue;
    const id = ids[row] as number;
    const movie = found.get(id) ?? {
      title: titles.values[titles.codes[row] as number] ?? '',
      ratings: 0,
      sum: 0,
    };
    movie.ratings += ratings[row] as number;
    movie.sum += sums[row] as number;
    found.set(id, movie);
  }
  return [...found]
    .sort(([a, one], [b, other]) => other.ratings - one.ratings || a - b)
    .map(([, movie]) => ({
      title: movie.title,
      ratings: movie.ratings,
      average: quotient(movie.sum, movie.ratings),
    }));
}
