import type { Delivery } from './delivery.js';
import { compareBytes } from './group.js';

/** The distinct genres of each movie in byte order. */
export function genresByMovie(delivery: Delivery): Map<number, string[]> {
  return new Map(
    delivery.movies.map(({ movieId, genres }) => {
      const named = new Set(
        genres
          .split('|')
          .map((piece) => piece.trim())
          .filter((piece) => piece !== ''),
      );
      if (named.size === 0) named.add('(no genres listed)');
      return [movieId, [...named].sort(compareBytes)];
    }),
  );
}
