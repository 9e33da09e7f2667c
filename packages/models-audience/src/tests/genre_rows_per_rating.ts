import { dataTest, sql } from '@matinee/core';
import { srcRatings } from '@matinee/models-staging';
import { intMovieGenres } from '../intermediate/int_movie_genres.js';
import { fctUserBehaviourGenres } from '../marts/fct_user_behaviour_genres.js';

export const genreRowsPerRating = dataTest({
  name: 'genre_rows_per_rating',
  description: 'Every rating has one row for each genre of its movie in the genre fact, and no other.',
  // the key allows a rating and genre only once, so full counts per movie and genre leave none out
  query: sql`
    with found as (
      select movie_id, genre_name, count(*) as rating_count
      from ${fctUserBehaviourGenres}
      group by movie_id, genre_name
    ),
    rated as (
      select movie_id, count(*) as rating_count
      from ${srcRatings}
      group by movie_id
    ),
    wanted as (
      select rated.movie_id, genres.genre_name, rated.rating_count
      from rated
      join ${intMovieGenres} as genres on genres.movie_id = rated.movie_id
    )
    select
      coalesce(wanted.movie_id, found.movie_id) as movie_id,
      coalesce(wanted.genre_name, found.genre_name) as genre_name,
      wanted.rating_count as ratings,
      found.rating_count as genre_rows
    from wanted
    full join found on found.movie_id = wanted.movie_id and found.genre_name = wanted.genre_name
    where found.rating_count is distinct from wanted.rating_count`,
});
