import type { Delivery } from './delivery.js';
import { genresByMovie } from './genres.js';
import { groupBy, mean } from './group.js';
import { profilesByUser } from './profiles.js';
import { ratingGenreId, ratingId } from './rating-id.js';
import { type ExpectedTable, expectedTable } from './table.js';
import { utcText } from './time.js';

const ratingColumns = { rating_id: 'int', user_id: 'int', movie_id: 'int', rating: 'double' } as const;

const contextColumns = {
  rating_timestamp: 'timestamp',
  engagement_level: 'text',
  user_total_ratings: 'int',
  user_overall_avg_rating: 'double',
  rated_year: 'int',
  rated_month: 'int',
  rated_day_of_month: 'int',
  rated_day_of_week: 'int',
} as const;

export function audienceTables(delivery: Delivery): ExpectedTable[] {
  const genres = genresByMovie(delivery);
  const behaviour = behaviourRows(delivery);
  return [
    expectedTable(
      'audience.int_movie_genres',
      'table',
      { movie_id: 'int', genre_name: 'text' },
      Array.from(genres, ([movie_id, names]) => names.map((genre_name) => ({ movie_id, genre_name }))).flat(),
    ),
    expectedTable(
      'audience.int_movie_genres_concat',
      'table',
      { movie_id: 'int', genres_string: 'text' },
      Array.from(genres, ([movie_id, names]) => ({ movie_id, genres_string: names.join(', ') })),
    ),
    expectedTable(
      'audience.int_user_profiles',
      'table',
      { user_id: 'int', total_ratings: 'int', overall_avg_rating: 'double', engagement_level: 'text' },
      [...profilesByUser(delivery).values()].map((profile) => ({ ...profile })),
    ),
    dailyRatings(delivery),
    expectedTable(
      'audience.fct_user_behaviour_genres',
      'table',
      { ...ratingColumns, genre_name: 'text', ...contextColumns },
      behaviour.flatMap((row) =>
        genres.get(row.movie_id)!.map((genre_name) => ({
          ...row,
          rating_id: ratingGenreId(row.user_id, row.movie_id, genre_name),
          genre_name,
        })),
      ),
    ),
    expectedTable(
      'audience.fct_user_behaviour_genres_concat',
      'table',
      { ...ratingColumns, genres_string: 'text', ...contextColumns },
      behaviour.map((row) => ({
        ...row,
        rating_id: ratingId(row.user_id, row.movie_id),
        genres_string: genres.get(row.movie_id)!.join(', '),
      })),
    ),
  ];
}

function dailyRatings(delivery: Delivery): ExpectedTable {
  const days = groupBy(delivery.ratings, (row) => `${row.userId} ${utcText(row.time).slice(0, 10)}`);
  return expectedTable(
    'audience.int_user_daily_ratings',
    'table',
    { user_id: 'int', rating_date: 'date', daily_ratings_count: 'int', daily_avg_rating: 'double' },
    Array.from(days, ([key, rows]) => ({
      user_id: rows[0]!.userId,
      rating_date: key.slice(-10),
      daily_ratings_count: rows.length,
      daily_avg_rating: mean(rows.map((row) => row.rating)),
    })),
  );
}

function behaviourRows(delivery: Delivery) {
  const profiles = profilesByUser(delivery);
  return delivery.ratings.map((row) => {
    const time = new Date(row.time * 1000);
    const profile = profiles.get(row.userId)!;
    return {
      user_id: row.userId,
      movie_id: row.movieId,
      rating: row.rating,
      rating_timestamp: utcText(row.time),
      engagement_level: profile.engagement_level,
      user_total_ratings: profile.total_ratings,
      user_overall_avg_rating: profile.overall_avg_rating,
      rated_year: time.getUTCFullYear(),
      rated_month: time.getUTCMonth() + 1,
      rated_day_of_month: time.getUTCDate(),
      rated_day_of_week: time.getUTCDay() + 1,
    };
  });
}
