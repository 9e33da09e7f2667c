import type { Delivery } from './delivery.js';
import { genresByMovie } from './genres.js';
import { compareBytes, groupBy, mean } from './group.js';
import { profilesByUser } from './profiles.js';
import { recommendations } from './recommendation.js';
import type { Cell } from './table.js';

/** The rows of each analysis, in the order in which it gives them. */
export function analysisRows(delivery: Delivery) {
  const genres = genresByMovie(delivery);
  return {
    top_5_genres_high_engagement: topGenres(delivery, (movieId) => genres.get(movieId)!),
    top_5_grouped_genres_high_engagement: topGenres(delivery, (movieId) => [genres.get(movieId)!.join(', ')]),
    top_5_movies_by_category: moviesByCategory(delivery),
  };
}

function topGenres(delivery: Delivery, genresOf: (movieId: number) => string[]): Cell[][] {
  const profiles = profilesByUser(delivery);
  const ratings = delivery.ratings
    .filter((row) => profiles.get(row.userId)!.engagement_level === 'High-Engagement')
    .flatMap((row) => genresOf(row.movieId).map((genre) => ({ genre, rating: row.rating })));
  return [...groupBy(ratings, (row) => row.genre)]
    .map(([genre, rows]) => ({ genre, count: rows.length, average: mean(rows.map((row) => row.rating)) }))
    .sort((a, b) => b.count - a.count || b.average - a.average || compareBytes(a.genre, b.genre))
    .slice(0, 5)
    .map(({ genre, count, average }) => [genre, count, average]);
}

function moviesByCategory(delivery: Delivery): Cell[][] {
  const byCategory = [...groupBy(recommendations(delivery), (row) => row.recommendation_category)].sort(
    ([a], [b]) => compareBytes(a, b),
  );
  const summaries = byCategory.map(([category, movies]): Cell[] => [
    'Category Summary',
    category,
    movies.length,
    mean(movies.map((movie) => movie.rating_count)),
    mean(movies.map((movie) => movie.avg_rating)),
    ...Array<null>(5).fill(null),
  ]);
  const best = byCategory.flatMap(([category, movies]) =>
    movies
      .sort(
        (a, b) => b.avg_rating - a.avg_rating || b.rating_count - a.rating_count || a.movie_id - b.movie_id,
      )
      .slice(0, 5)
      .map((movie): Cell[] => [
        'Top Movies',
        category,
        null,
        null,
        null,
        movie.movie_id,
        movie.title,
        movie.genres_string,
        movie.rating_count,
        movie.avg_rating,
      ]),
  );
  return [...summaries, ...best];
}
