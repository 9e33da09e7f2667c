import { analysis, double, integer, sql, text } from '@matinee/core';
import { fctUserBehaviourGenresConcat } from '../marts/fct_user_behaviour_genres_concat.js';

export const top5GroupedGenresHighEngagement = analysis({
  name: 'top_5_grouped_genres_high_engagement',
  description: 'The five genre combinations that users of high (not super-high) engagement rate most.',
  columns: {
    genre: text().describe('A genre combination: all genres of a movie.'),
    total_ratings_count: integer().describe(
      'Ratings that these users gave to movies with just these genres.',
    ),
    average_rating: double().describe('The mean of the stars of these ratings.'),
  },
  query: sql`
    select
      genres_string as genre,
      count(*) as total_ratings_count,
      avg(rating) as average_rating
    from ${fctUserBehaviourGenresConcat}
    where engagement_level = 'High-Engagement'
    group by genres_string
    order by total_ratings_count desc, average_rating desc, genre
    limit 5`,
});
