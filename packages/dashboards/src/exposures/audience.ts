import { dashboard } from '@matinee/core';
import {
  cubeCohorts,
  cubeGenreMovies,
  cubeGenres,
  cubeRatingMovies,
  cubeRatings,
  cubeRatingUsers,
  cubeRatingUsersByMonth,
} from '@matinee/models-audience';

export const audience = dashboard({
  name: 'audience',
  title: 'Audience',
  description: 'Who rates, when and how high: users, ratings, movies and genres in any range of days.',
  owner: 'Audience team',
  reads: [
    cubeRatings,
    cubeRatingUsers,
    cubeRatingUsersByMonth,
    cubeRatingMovies,
    cubeGenres,
    cubeGenreMovies,
    cubeCohorts,
  ],
});
