import type { Cube } from './cube.js';
import { onceFor } from './once-for.js';

export interface RecommendedMovie {
  readonly id: number;
  readonly title: string;
  readonly genres: readonly string[];
  /** The same in one text, with commas between. */
  readonly genresText: string;
  readonly ratings: number;
  readonly average: number;
  readonly category: string;
}

/** The recommended movies, the best rated first, of equal ones the most rated. @param cube `fct_movie_recommendations` */
export const recommendedMovies: (cube: Cube) => readonly RecommendedMovie[] = onceFor((cube: Cube) => {
  const [titles, genres, categories] = [
    cube.texts('title'),
    cube.texts('genres_string'),
    cube.texts('recommendation_category'),
  ];
  const [ids, ratings, averages] = [
    cube.numbers('movie_id'),
    cube.numbers('rating_count'),
    cube.numbers('avg_rating'),
  ];
  const genreLists = genres.values.map((list) => list.split(', '));
  const movies = Array.from(ids, (id, row) => ({
    id,
    title: titles.values[titles.codes[row] as number] ?? '',
    genres: genreLists[genres.codes[row] as number] ?? [],
    genresText: genres.values[genres.codes[row] as number] ?? '',
    ratings: ratings[row] as number,
    average: averages[row] as number,
    category: categories.values[categories.codes[row] as number] ?? '',
  }));
  return movies.sort((a, b) => b.average - a.average || b.ratings - a.ratings || a.id - b.id);
});

/** Those under one of the categories; all if none is named. */
export function chosenMovies(
  movies: readonly RecommendedMovie[],
  categories: readonly string[],
): readonly RecommendedMovie[] {
  return categories.length === 0 ? movies : movies.filter(({ category }) => categories.includes(category));
}
