import { count, double, integer, model, sql, sum, table, weightedAverage, weightedAvg } from '@matinee/core';
import { srcGenomeTags } from '@matinee/models-staging';
import { intMovieRatingStats } from '../intermediate/int_movie_rating_stats.js';
import { intTagMovieLink } from '../intermediate/int_tag_movie_link.js';
import { minTagMovies } from '../variables/min_tag_movies.js';

export const fctTagPerformance = model({
  name: 'fct_tag_performance',
  description: 'One row per tag on at least `min_tag_movies` linked movies: how these movies are rated.',
  materialized: table(),
  columns: {
    tag_id: integer().references(() => srcGenomeTags, 'tag_id'),
    tag: srcGenomeTags.columns.tag,
    movies_with_tag: integer().describe('Linked movies that have the tag among their top tags.'),
    total_ratings_on_tagged_movies: integer().describe('All ratings of these movies.'),
    weighted_avg_rating: double().describe('The mean rating of these movies, each weighted by its ratings.'),
  },
  key: ['tag_id'],
  measures: {
    tags: count({ description: 'How many tags are on enough movies to be measured.' }),
    tag_movies: sum('movies_with_tag', { description: 'Movies, each counted once for every such tag.' }),
    tag_ratings: sum('total_ratings_on_tagged_movies', {
      description: 'Ratings, each counted once for every such tag of its movie.',
    }),
    tag_average_rating: weightedAverage(
      { value: 'weighted_avg_rating', weight: 'total_ratings_on_tagged_movies' },
      { description: 'The mean rating within tags; over several tags, movies weigh by their tags.' },
    ),
  },
  query: sql`
    select
      link.tag_id,
      link.tag,
      count(*) as movies_with_tag,
      sum(stats.rating_count) as total_ratings_on_tagged_movies,
      ${weightedAvg(sql`stats.avg_rating`, sql`stats.rating_count`)} as weighted_avg_rating
    from ${intTagMovieLink} as link
    join ${intMovieRatingStats} as stats on stats.movie_id = link.movie_id
    group by link.tag_id, link.tag
    having count(*) >= ${minTagMovies}`,
});
