import { variable } from '@matinee/core';

export const minMovieRatings = variable({
  name: 'min_movie_ratings',
  type: 'int',
  default: 20,
  description: 'The fewest ratings with which a movie counts for tags.',
});
