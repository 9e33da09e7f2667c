export * from './exposures/movielens.js';
