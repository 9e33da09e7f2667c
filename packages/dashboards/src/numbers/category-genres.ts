import type { RecommendedMovie } from './recommended-movies.js';

export interface CategoryGenre {
  readonly genre: string;
  /** Movies of the genre in all categories; a movie has several genres. */
  readonly movies: number;
  readonly byCategory: ReadonlyMap<string, number>;
}

/** How many movies of each genre stand under each category, the most frequent genre first. */
export function categoryGenres(movies: readonly RecommendedMovie[]): readonly CategoryGenre[] {
  const genres = new Map<string, Map<string, number>>();
  for (const { genres: list, category } of movies) {
    for (const genre of list) {
      const counts = genres.get(genre) ?? new Map<string, number>();
      genres.set(genre, counts.set(category, (counts.get(category) ?? 0) + 1));
    }
  }
  return [...genres]
    .map(([genre, byCategory]) => ({
      genre,
      movies: [...byCategory.values()].reduce((sum, count) => sum + count, 0),
      byCategory,
    }))
    .sort((a, b) => b.movies - a.movies || (a.genre < b.genre ? -1 : 1));
}
