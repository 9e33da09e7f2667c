import { given, unitTest } from '@matinee/core';
import { srcMovies } from '@matinee/models-staging';
import { intMovieGenres } from '../intermediate/int_movie_genres.js';

export const intMovieGenresSplitting = unitTest({
  name: 'int_movie_genres_splitting',
  description:
    'Pieces are trimmed, empty ones dropped, repeated ones counted once; none at all is a genre of its own.',
  model: intMovieGenres,
  given: [
    given(srcMovies, [
      { movie_id: 1, title: 'Plain', genres: 'Drama|Sci-Fi' },
      { movie_id: 2, title: 'Blanks', genres: ' Drama | Film-Noir ' },
      { movie_id: 3, title: 'Empty pieces', genres: '|Drama||' },
      { movie_id: 4, title: 'Repeated', genres: 'Drama|Comedy| Drama' },
      { movie_id: 5, title: 'Told so', genres: '(no genres listed)' },
      { movie_id: 6, title: 'Empty', genres: '' },
      { movie_id: 7, title: 'Only a pipe and blanks', genres: ' | ' },
    ]),
  ],
  expected: [
    { movie_id: 1, genre_name: 'Drama' },
    { movie_id: 1, genre_name: 'Sci-Fi' },
    { movie_id: 2, genre_name: 'Drama' },
    { movie_id: 2, genre_name: 'Film-Noir' },
    { movie_id: 3, genre_name: 'Drama' },
    { movie_id: 4, genre_name: 'Comedy' },
    { movie_id: 4, genre_name: 'Drama' },
    { movie_id: 5, genre_name: '(no genres listed)' },
    { movie_id: 6, genre_name: '(no genres listed)' },
    { movie_id: 7, genre_name: '(no genres listed)' },
  ],
});
