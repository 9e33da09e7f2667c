import { integer, lit, model, splitToRows, sql, table, text } from '@matinee/core';
import { srcMovies } from '@matinee/models-staging';
import { noGenre } from '../columns/no_genre.js';

export const intMovieGenres = model({
  name: 'int_movie_genres',
  description: 'One row per movie and genre; a movie that names no genre has the genre "(no genres listed)".',
  materialized: table(),
  columns: {
    movie_id: integer().references(() => srcMovies, 'movie_id'),
    genre_name: text().describe('A single genre of the movie.'),
  },
  key: ['movie_id', 'genre_name'],
  query: sql`
    with named as (
      select distinct movie_id, trim(genre) as genre_name
      from ${splitToRows({ from: srcMovies, column: 'genres', separator: '|', as: 'genre' })} as pieces
      where trim(genre) <> ''
    )
    select movie_id, genre_name
    from named
    union all
    select movie_id, ${lit(noGenre)} as genre_name
    from ${srcMovies}
    where movie_id not in (select movie_id from named)`,
});
