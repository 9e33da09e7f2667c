export { intMovieRatingStats } from './intermediate/int_movie_rating_stats.js';
export { intMovieTagRelevance } from './intermediate/int_movie_tag_relevance.js';
export { intMovieTopTags } from './intermediate/int_movie_top_tags.js';
export { intTagMovieLink } from './intermediate/int_tag_movie_link.js';
export { cubeTagMovies } from './marts/cubes/cube_tag_movies.js';
export { dimMovieTagProfile } from './marts/dim_movie_tag_profile.js';
export { fctTagPerformance } from './marts/fct_tag_performance.js';
