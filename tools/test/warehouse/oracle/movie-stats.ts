import type { Delivery } from './delivery.js';
import { groupBy, mean } from './group.js';

export interface MovieStats {
  readonly movie_id: number;
  readonly rating_count: number;
  readonly unique_raters: number;
  readonly avg_rating: number;
}

/** Statistics of each movie with ratings. */
export function statsByMovie(delivery: Delivery): Map<number, MovieStats> {
  return new Map(
    Array.from(
      groupBy(delivery.ratings, (row) => row.movieId),
      ([movie_id, rows]) => [
        movie_id,
        {
          movie_id,
          rating_count: rows.length,
          unique_raters: new Set(rows.map((row) => row.userId)).size,
          avg_rating: mean(rows.map((row) => row.rating)),
        },
      ],
    ),
  );
}
