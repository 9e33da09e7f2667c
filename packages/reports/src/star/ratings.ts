import {
  fctUserBehaviourGenres,
  fctUserBehaviourGenresConcat,
  intMovieGenres,
  intUserProfiles,
} from '@matinee/models-audience';
import { srcMovies } from '@matinee/models-staging';
import { among, dateTable, distinctTable, starTable } from '@matinee/powerbi';

/** Ratings stand here once, whatever the genres of their movies: those are reached through the movies. */
export const rating = starTable(fctUserBehaviourGenresConcat, {
  name: 'Rating',
  description: 'One row per rating.',
  columns: ['user_id', 'movie_id', 'rating'],
  days: { rating_day: 'rating_timestamp' },
});

export const user = starTable(intUserProfiles, { name: 'User' });

export const movie = starTable(srcMovies, { name: 'Movie', columns: ['movie_id', 'title'] });

export const movieGenre = starTable(intMovieGenres, {
  name: 'Movie genre',
  filtersBothWays: true,
  measures: { genres: among(fctUserBehaviourGenres.measures.genres, rating) },
});

export const genre = distinctTable(movieGenre, 'genre_name', {
  name: 'Genre',
  description: 'One row per genre; "(no genres listed)" stands for none.',
});

export const date = dateTable(rating.column('rating_day'), {
  name: 'Date',
  description: 'One row per day of the years with ratings.',
});
