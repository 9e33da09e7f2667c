import { dataTest, mapped, refreshedBy, rowHash, sql } from '@matinee/core';
import { intMovieGenres } from '../intermediate/int_movie_genres.js';
import { fctUserBehaviourGenres } from '../marts/fct_user_behaviour_genres.js';
import { fctUserBehaviourGenresConcat } from '../marts/fct_user_behaviour_genres_concat.js';

export const behaviourFactsAgree = dataTest({
  name: 'behaviour_facts_agree',
  description:
    'Both behaviour facts hold the same ratings: a rating of the one stands in the other once for each genre of its movie.',
  inputs: [
    mapped(fctUserBehaviourGenres, { user_id: 'user_id' }),
    mapped(fctUserBehaviourGenresConcat, { user_id: 'user_id' }),
    refreshedBy(intMovieGenres),
  ],
  // a user's movies are compared by number and sum of hashes: a tenth of the cost of joining 52 million rows
  query: sql`
    with by_genre as (
      select user_id, count(*) as genre_rows, sum(${rowHash(sql`movie_id`)}) as movies
      from ${fctUserBehaviourGenres}
      group by user_id
    ),
    genres as (
      select movie_id, count(*) as genre_count
      from ${intMovieGenres}
      group by movie_id
    ),
    by_rating as (
      select
        ratings.user_id,
        sum(genres.genre_count) as genre_rows,
        sum(genres.genre_count * cast(${rowHash(sql`ratings.movie_id`)} as decimal(38, 0))) as movies
      from ${fctUserBehaviourGenresConcat} as ratings
      join genres on genres.movie_id = ratings.movie_id
      group by ratings.user_id
    )
    select
      coalesce(by_rating.user_id, by_genre.user_id) as user_id,
      by_rating.genre_rows as wanted_genre_rows,
      by_genre.genre_rows
    from by_rating
    full join by_genre on by_genre.user_id = by_rating.user_id
    where by_genre.genre_rows is distinct from by_rating.genre_rows
      or by_genre.movies is distinct from by_rating.movies`,
});
