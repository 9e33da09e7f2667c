import { countDistinct, model, sql, table } from '@matinee/core';
import { tagColumns } from '../columns/tag_columns.js';
import { minMovieRatings } from '../variables/min_movie_ratings.js';
import { intMovieRatingStats } from './int_movie_rating_stats.js';
import { intMovieTopTags } from './int_movie_top_tags.js';

export const intTagMovieLink = model({
  name: 'int_tag_movie_link',
  description: 'The top tags of the movies with at least `min_movie_ratings` ratings.',
  materialized: table(),
  columns: tagColumns,
  key: ['movie_id', 'tag_id'],
  measures: {
    tagged_movies: countDistinct('movie_id', {
      description: 'How many movies have tags, each counted once.',
    }),
  },
  query: sql`
    select top_tags.movie_id, top_tags.tag_id, top_tags.tag, top_tags.relevance
    from ${intMovieTopTags} as top_tags
    join ${intMovieRatingStats} as stats on stats.movie_id = top_tags.movie_id
    where stats.rating_count >= ${minMovieRatings}`,
});
