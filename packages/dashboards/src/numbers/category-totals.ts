import { quotient } from './quotient.js';
import type { RecommendedMovie } from './recommended-movies.js';

export interface CategoryTotals {
  readonly movies: number;
  readonly ratings: number;
  /** The mean rating of the movies, each weighted by its ratings. */
  readonly average: number | null;
  /** The mean of their average ratings, every movie weighing the same. */
  readonly averageOfMovies: number | null;
}

/** What some movies amount to. */
export function categoryTotals(movies: readonly RecommendedMovie[]): CategoryTotals {
  let [ratings, weighted, plain] = [0, 0, 0];
  for (const movie of movies) {
    ratings += movie.ratings;
    weighted += movie.ratings * movie.average;
    plain += movie.average;
  }
  return {
    movies: movies.length,
    ratings,
    average: quotient(weighted, ratings),
    averageOfMovies: quotient(plain, movies.length),
  };
}

/** The same for each category that has movies, the largest first. */
export function totalsByCategory(
  movies: readonly RecommendedMovie[],
): readonly (CategoryTotals & { readonly category: string })[] {
  const categories = [...new Set(movies.map(({ category }) => category))].sort();
  return categories
    .map((category) => ({
      category,
      ...categoryTotals(movies.filter((movie) => movie.category === category)),
    }))
    .sort((a, b) => b.movies - a.movies);
}
