export * from './analyses/top_5_movies_by_category.js';
export * from './intermediate/int_movie_recommendation.js';
export * from './marts/fct_movie_recommendations.js';
export * from './seeds/recommendation_categories.js';
export * from './snapshots/movie_recommendations_snapshot.js';
export * from './tests/int_movie_recommendation_priority.js';
export * from './tests/int_movie_recommendation_ties.js';
export * from './tests/recommended_movies_meet_category.js';
