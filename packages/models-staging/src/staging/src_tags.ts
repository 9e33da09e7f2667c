import { integer, model, sql, text, timestamp, view } from '@matinee/core';
import { userId } from '../columns/ids.js';
import { rawTags } from '../sources/raw_tags.js';
import { srcMovies } from './src_movies.js';

export const srcTags = model({
  name: 'src_tags',
  description: 'One row per tag that a user wrote on a movie.',
  materialized: view(),
  columns: {
    user_id: userId,
    movie_id: integer().references(() => srcMovies, 'movie_id'),
    tag: text().describe('Free text as typed, blanks included.'),
    tag_timestamp: timestamp().describe('When the tag was written, UTC.'),
  },
  query: sql`
    select
      userId as user_id,
      movieId as movie_id,
      tag,
      timestamp as tag_timestamp
    from ${rawTags}`,
});
