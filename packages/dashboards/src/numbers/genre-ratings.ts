import type { Cube } from './cube.js';
import type { Days } from './days.js';
import { type RatingTotals, ratingTotals } from './rating-totals.js';
import { starsOfGenres } from './stars.js';

/** What stands in the place of a genre where a movie names none. */
export const noGenre = '(no genres listed)';

export interface GenreRatings extends RatingTotals {
  readonly genre: string;
}

/** The genres that were rated in a range of days, the most rated first, and equal ones from a to z. @param cube `cube_genres` */
export function genreRatings(cube: Cube, days: Days): readonly GenreRatings[] {
  return starsOfGenres(cube)
    .map(({ genre, stars }) => ({ genre, ...ratingTotals(stars, days) }))
    .filter(({ ratings }) => ratings > 0)
    .sort((a, b) => b.ratings - a.ratings);
}

/** How many genres these are; a movie without any does not make one. */
export function genreCount(genres: readonly GenreRatings[]): number {
  return genres.filter(({ genre }) => genre !== noGenre).length;
}
