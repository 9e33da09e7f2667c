import { dataTest, mapped, refreshedBy, rowHash, sql } from '@matinee/core';
import { srcRatings } from '@matinee/models-staging';
import { intMovieGenres } from '../intermediate/int_movie_genres.js';
import { fctUserBehaviourGenres } from '../marts/fct_user_behaviour_genres.js';

export const genreRowsPerRating = dataTest({
  name: 'genre_rows_per_rating',
  description: 'Every rating has one row for each genre of its movie in the genre fact, and no other.',
  inputs: [
    mapped(fctUserBehaviourGenres, { user_id: 'user_id' }),
    mapped(srcRatings, { user_id: 'user_id' }),
    refreshedBy(intMovieGenres),
  ],
  // a user's movies and genres are compared by number and sum of hashes
  query: sql`
    with found as (
      select user_id, count(*) as genre_rows, sum(${rowHash(sql`movie_id`, sql`genre_name`)}) as genres
      from ${fctUserBehaviourGenres}
      group by user_id
    ),
    genres as (
      select movie_id, count(*) as genre_count, sum(${rowHash(sql`movie_id`, sql`genre_name`)}) as genres
      from ${intMovieGenres}
      group by movie_id
    ),
    wanted as (
      select ratings.user_id, sum(genres.genre_count) as genre_rows, sum(genres.genres) as genres
      from ${srcRatings} as ratings
      join genres on genres.movie_id = ratings.movie_id
      group by ratings.user_id
    )
    select
      coalesce(wanted.user_id, found.user_id) as user_id,
      wanted.genre_rows as wanted_genre_rows,
      found.genre_rows
    from wanted
    full join found on found.user_id = wanted.user_id
    where found.genre_rows is distinct from wanted.genre_rows
      or found.genres is distinct from wanted.genres`,
});
