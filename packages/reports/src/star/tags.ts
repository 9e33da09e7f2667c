import { countDistinct } from '@matinee/core';
import { cubeTagMovies, fctTagPerformance, intMovieRatingStats } from '@matinee/models-content';
import { among, starTable } from '@matinee/powerbi';

export const tag = starTable(fctTagPerformance, { name: 'Tag' });

export const taggedMovie = starTable(cubeTagMovies, {
  name: 'Tagged movie',
  columns: ['movie_id', 'tag_id'],
  measures: {
    movies_with_tags: countDistinct('movie_id', {
      description: 'How many movies have the tags, each counted once.',
    }),
  },
});

const { movie_ratings, movie_average_rating } = intMovieRatingStats.measures;

/** Movies stand here once, so that nothing is counted once for each tag. */
export const movieStatistics = starTable(intMovieRatingStats, {
  name: 'Movie statistics',
  columns: ['movie_id', 'rating_count', 'avg_rating'],
  measures: {
    tagged_ratings: among(movie_ratings, taggedMovie, {
      description: 'How many ratings the movies with the tags have, each counted once.',
    }),
    tagged_average_rating: among(movie_average_rating, taggedMovie, {
      description: 'The mean rating of the movies with the tags, each weighted by its ratings.',
    }),
  },
});
