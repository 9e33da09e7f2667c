import { integer, snapshot, sql, text } from '@matinee/core';
import { categoryNames } from '../columns/category_names.js';
import { fctMovieRecommendations } from '../marts/fct_movie_recommendations.js';

export const movieRecommendationsSnapshot = snapshot({
  name: 'movie_recommendations_snapshot',
  description: 'Which category each movie was recommended under, and when.',
  schema: 'snapshots',
  columns: {
    // no reference to the movies and no test of closed rows: a history outlives what it tells of
    movie_id: integer().describe('Id of the movie at MovieLens.'),
    recommendation_category: text()
      .describe('The category that the movie was recommended under.')
      .acceptedValues(categoryNames, { where: sql`valid_to is null` }),
  },
  key: ['movie_id'],
  strategy: { type: 'check', columns: ['recommendation_category'] },
  query: sql`
    select movie_id, recommendation_category
    from ${fctMovieRecommendations}`,
});
