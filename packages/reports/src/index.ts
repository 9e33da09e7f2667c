export { movielens } from './exposures/movielens.js';
