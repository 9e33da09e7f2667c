import { type GenreRatings, genreCount, noGenre } from './genre-ratings.js';

export interface GenrePlace {
  /** 1 is the most rated; null for a genre without ratings, and for movies that name none. */
  readonly rank: number | null;
  /** Among so many genres. */
  readonly of: number;
}

/** The place of a genre by its ratings. @param genres in that order */
export function genrePlace(genres: readonly GenreRatings[], genre: string): GenrePlace {
  const place = genres.filter((other) => other.genre !== noGenre).findIndex((other) => other.genre === genre);
  return { rank: place < 0 ? null : place + 1, of: genreCount(genres) };
}
