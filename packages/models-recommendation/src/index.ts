export { cubeRecommendationHistory } from './marts/cubes/cube_recommendation_history.js';
export { fctMovieRecommendations } from './marts/fct_movie_recommendations.js';
export { recommendationCategories } from './seeds/recommendation_categories.js';
export { movieRecommendationsSnapshot } from './snapshots/movie_recommendations_snapshot.js';
