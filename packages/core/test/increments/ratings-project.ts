import {
  date,
  double,
  ephemeral,
  incremental,
  integer,
  mapped,
  model,
  source,
  sql,
  table,
  text,
  timestamp,
  unique,
  variable,
  view,
} from '../../src/index.js';

export const minMovie = variable({ name: 'min_movie', type: 'int', default: 0 });

export interface RatingsProject {
  /** `changes`: increments by changed inputs. `refresh`: the same models, computed in full. */
  readonly by: 'changes' | 'refresh';
  readonly maxShare?: number;
  /** Another query for the fact. */
  readonly plus?: number;
}

/** A small copy of the audience: ratings, users who are ranked among each other, genres of movies, and facts of all three. */
export function ratingsProject({ by, maxShare = 1, plus = 0 }: RatingsProject): readonly unknown[] {
  const rawRatings = source({
    name: 'raw_ratings',
    description: '',
    schema: 'raw',
    columns: { user_id: integer(), movie_id: integer(), rating: double(), rated_at: timestamp() },
    key: ['user_id', 'movie_id'],
    shapes: [],
  });
  const rawMovies = source({
    name: 'raw_movies',
    description: '',
    schema: 'raw',
    columns: { movie_id: integer(), genres: text() },
    key: ['movie_id'],
    shapes: [],
  });
  const isBy = by === 'changes';
  const srcRatings = model({
    name: 'src_ratings',
    description: '',
    columns: { user_id: integer(), movie_id: integer(), rating: double(), rated_at: timestamp() },
    key: ['user_id', 'movie_id'],
    materialized: isBy
      ? incremental({ maxShare, inputs: [mapped(rawRatings, { user_id: 'user_id', movie_id: 'movie_id' })] })
      : table(),
    query: sql`select user_id, movie_id, rating, rated_at from ${rawRatings} where movie_id >= ${minMovie}`,
  });
  const srcMovies = model({
    name: 'src_movies',
    description: '',
    columns: { movie_id: integer(), genres: text() },
    key: ['movie_id'],
    materialized: view(),
    query: sql`select movie_id, genres from ${rawMovies}`,
  });
  const users = model({
    name: 'users',
    description: '',
    columns: { user_id: integer(), ratings: integer(), mean: double(), place: integer() },
    key: ['user_id'],
    materialized: table(),
    query: sql`
      select user_id, count(*) as ratings, avg(rating) as mean, rank() over (order by count(*)) as place
      from ${srcRatings} group by user_id`,
  });
  const shown = model({
    name: 'shown_users',
    description: '',
    columns: { user_id: integer(), place: integer() },
    materialized: ephemeral(),
    query: sql`select user_id, place from ${users}`,
  });
  const daily = model({
    name: 'daily',
    description: '',
    columns: { user_id: integer(), day: date(), ratings: integer(), mean: double() },
    key: ['user_id', 'day'],
    materialized: isBy
      ? incremental({ maxShare, inputs: [mapped(srcRatings, { user_id: 'user_id' })] })
      : table(),
    query: sql`
      select user_id, cast(rated_at as date) as day, count(*) as ratings, avg(rating) as mean
      from ${srcRatings} group by user_id, cast(rated_at as date)`,
  });
  const fact = model({
    name: 'fact',
    description: '',
    columns: {
      rating_id: text(),
      user_id: integer().references(() => users, 'user_id'),
      movie_id: integer(),
      rating: double(),
      genres: text().nullable(),
      place: integer(),
    },
    key: ['rating_id'],
    materialized: isBy
      ? incremental({
          maxShare,
          inputs: [
            mapped(srcRatings, { user_id: 'user_id', movie_id: 'movie_id' }),
            mapped(users, { user_id: 'user_id' }),
            mapped(rawMovies, { movie_id: 'movie_id' }),
          ],
        })
      : table(),
    query: sql`
      select
        ratings.user_id || '-' || ratings.movie_id as rating_id,
        ratings.user_id, ratings.movie_id, ratings.rating + ${plus} as rating, movies.genres, users.place
      from ${srcRatings} as ratings
      join ${shown} as users on users.user_id = ratings.user_id
      left join ${srcMovies} as movies on movies.movie_id = ratings.movie_id`,
    tests: [unique(['user_id', 'movie_id'])],
  });
  const byMovie = model({
    name: 'by_movie',
    description: '',
    columns: { movie_id: integer(), ratings: integer(), best_place: integer() },
    key: ['movie_id'],
    materialized: isBy
      ? incremental({ maxShare, inputs: [mapped(fact, { movie_id: 'movie_id' })] })
      : table(),
    query: sql`select movie_id, count(*) as ratings, max(place) as best_place from ${fact} group by movie_id`,
  });
  return [rawRatings, rawMovies, srcRatings, srcMovies, users, shown, daily, fact, byMovie, minMovie];
}
