import { double, integer, model, range, sql, table } from '@matinee/core';
import { srcMovies } from '@matinee/models-staging';
import { intMovieRatingStats } from '../../intermediate/int_movie_rating_stats.js';
import { intTagMovieLink } from '../../intermediate/int_tag_movie_link.js';
import { fctTagPerformance } from '../fct_tag_performance.js';

export const cubeTagMovies = model({
  name: 'cube_tag_movies',
  description:
    'The movies of each tag that is measured: movies and their ratings under any choice of tags, each counted once.',
  materialized: table(),
  columns: {
    movie_id: integer().references(() => srcMovies, 'movie_id', { severity: 'warn' }),
    tag_id: integer().references(() => fctTagPerformance, 'tag_id'),
    rating_count: integer()
      .describe('Ratings of the movie, the same in all rows of it.')
      .test(range({ min: 0 })),
    avg_rating: double().describe('Mean rating of the movie, the same in all rows of it.'),
  },
  key: ['movie_id', 'tag_id'],
  query: sql`
    select link.movie_id, link.tag_id, stats.rating_count, stats.avg_rating
    from ${intTagMovieLink} as link
    join ${fctTagPerformance} as tags on tags.tag_id = link.tag_id
    join ${intMovieRatingStats} as stats on stats.movie_id = link.movie_id`,
});
