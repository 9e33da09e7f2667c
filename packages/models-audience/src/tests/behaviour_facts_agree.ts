import { dataTest, sql } from '@matinee/core';
import { fctUserBehaviourGenres } from '../marts/fct_user_behaviour_genres.js';
import { fctUserBehaviourGenresConcat } from '../marts/fct_user_behaviour_genres_concat.js';

export const behaviourFactsAgree = dataTest({
  name: 'behaviour_facts_agree',
  description:
    'Both behaviour facts hold the same ratings: each genre of a movie is rated by the users of the movie.',
  // sets of users are compared by size, sum and sum of squares: a fourth of the cost of joining 52 million rows
  query: sql`
    with by_genre as (
      select movie_id, genre_name, count(*) as users, sum(user_id) as id_sum, sum(user_id * user_id) as square_sum
      from ${fctUserBehaviourGenres}
      group by movie_id, genre_name
    ),
    by_movie as (
      select movie_id, count(*) as users, sum(user_id) as id_sum, sum(user_id * user_id) as square_sum
      from ${fctUserBehaviourGenresConcat}
      group by movie_id
    )
    select
      coalesce(by_movie.movie_id, by_genre.movie_id) as movie_id,
      by_genre.genre_name,
      by_movie.users as users_of_movie,
      by_genre.users as users_of_genre
    from by_movie
    full join by_genre on by_genre.movie_id = by_movie.movie_id
    where by_genre.users is distinct from by_movie.users
      or by_genre.id_sum is distinct from by_movie.id_sum
      or by_genre.square_sum is distinct from by_movie.square_sum`,
});
