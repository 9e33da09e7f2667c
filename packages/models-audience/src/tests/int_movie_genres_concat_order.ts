import { given, unitTest } from '@matinee/core';
import { intMovieGenres } from '../intermediate/int_movie_genres.js';
import { intMovieGenresConcat } from '../intermediate/int_movie_genres_concat.js';

export const intMovieGenresConcatOrder = unitTest({
  name: 'int_movie_genres_concat_order',
  description: 'Genres are joined in byte order: capitals before small letters, accents last.',
  model: intMovieGenresConcat,
  given: [
    given(intMovieGenres, [
      { movie_id: 1, genre_name: 'Émigré' },
      { movie_id: 1, genre_name: 'action' },
      { movie_id: 1, genre_name: 'IMAX' },
      { movie_id: 1, genre_name: 'Action' },
      { movie_id: 2, genre_name: '(no genres listed)' },
    ]),
  ],
  expected: [
    { movie_id: 1, genres_string: 'Action, IMAX, action, Émigré' },
    { movie_id: 2, genres_string: '(no genres listed)' },
  ],
});
