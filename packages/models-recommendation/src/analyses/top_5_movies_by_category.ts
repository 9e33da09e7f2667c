import { analysis, double, integer, sql, text, topNQualify } from '@matinee/core';
import { fctMovieRecommendations } from '../marts/fct_movie_recommendations.js';

const { columns: movies } = fctMovieRecommendations;

export const top5MoviesByCategory = analysis({
  name: 'top_5_movies_by_category',
  description:
    'A summary of each category, and its five best movies by average, then number of ratings, then id.',
  columns: {
    analysis_section: text()
      .describe('Which columns a row fills: those of the category or those of a movie.')
      .acceptedValues(['Category Summary', 'Top Movies']),
    recommendation_category: text().describe('The category that the row is about.'),
    total_movies: integer().nullable().describe('Movies in the category.'),
    avg_rating_count: double().nullable().describe('Mean number of ratings of these movies.'),
    avg_movie_rating: double().nullable().describe('Mean of the average ratings of these movies.'),
    movie_id: movies.movie_id.nullable(),
    title: movies.title.nullable(),
    genres_string: movies.genres_string.nullable(),
    rating_count: movies.rating_count.nullable(),
    avg_rating: movies.avg_rating.nullable(),
  },
  query: sql`
    with summaries as (
      select
        recommendation_category,
        count(*) as total_movies,
        avg(cast(rating_count as double)) as avg_rating_count,
        avg(avg_rating) as avg_movie_rating
      from ${fctMovieRecommendations}
      group by recommendation_category
    ),
    top_movies as (
      select *
      from ${fctMovieRecommendations}
      ${topNQualify({
        partitionBy: sql`recommendation_category`,
        orderBy: sql`avg_rating desc nulls last, rating_count desc nulls last, movie_id`,
        n: 5,
      })}
    )
    select
      'Category Summary' as analysis_section,
      recommendation_category,
      total_movies,
      avg_rating_count,
      avg_movie_rating,
      null as movie_id,
      null as title,
      null as genres_string,
      null as rating_count,
      null as avg_rating
    from summaries
    union all
    select
      'Top Movies' as analysis_section,
      recommendation_category,
      null as total_movies,
      null as avg_rating_count,
      null as avg_movie_rating,
      movie_id,
      title,
      genres_string,
      rating_count,
      avg_rating
    from top_movies
    order by
      analysis_section,
      recommendation_category,
      avg_rating desc nulls last,
      rating_count desc nulls last,
      movie_id nulls last`,
});
