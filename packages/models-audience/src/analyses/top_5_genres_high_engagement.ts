import { analysis, double, integer, sql, text } from '@matinee/core';
import { fctUserBehaviourGenres } from '../marts/fct_user_behaviour_genres.js';

export const top5GenresHighEngagement = analysis({
  name: 'top_5_genres_high_engagement',
  description: 'The five genres that users of high (not super-high) engagement rate most.',
  columns: {
    genre: text().describe('A single genre.'),
    total_ratings_count: integer().describe('Ratings that these users gave to movies of the genre.'),
    average_rating: double().describe('The mean of the stars of these ratings.'),
  },
  query: sql`
    select
      genre_name as genre,
      count(*) as total_ratings_count,
      avg(rating) as average_rating
    from ${fctUserBehaviourGenres}
    where engagement_level = 'High-Engagement'
    group by genre_name
    order by total_ratings_count desc, average_rating desc, genre
    limit 5`,
});
