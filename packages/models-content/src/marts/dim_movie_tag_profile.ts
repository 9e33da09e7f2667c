import { integer, listText, model, sql, table, text } from '@matinee/core';
import { srcMovies } from '@matinee/models-staging';
import { intTagMovieLink } from '../intermediate/int_tag_movie_link.js';

export const dimMovieTagProfile = model({
  name: 'dim_movie_tag_profile',
  description: 'One row per linked movie: its top tags in one text.',
  materialized: table(),
  columns: {
    movie_id: integer().references(() => srcMovies, 'movie_id'),
    title: srcMovies.columns.title,
    top_tags_list: text().describe('The top tags of the movie, the most relevant first, joined by ", ".'),
  },
  key: ['movie_id'],
  query: sql`
    with tag_lists as (
      select
        movie_id,
        ${listText({
          value: sql`tag`,
          separator: ', ',
          orderBy: sql`relevance desc nulls last, tag_id`,
        })} as top_tags_list
      from ${intTagMovieLink}
      group by movie_id
    )
    select movies.movie_id, movies.title, tag_lists.top_tags_list
    from tag_lists
    join ${srcMovies} as movies on movies.movie_id = tag_lists.movie_id`,
});
