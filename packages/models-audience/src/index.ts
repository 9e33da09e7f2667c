export { intMovieDetails } from './intermediate/int_movie_details.js';
export { intMovieGenres } from './intermediate/int_movie_genres.js';
export { intMovieGenresConcat } from './intermediate/int_movie_genres_concat.js';
export { intUserDailyRatings } from './intermediate/int_user_daily_ratings.js';
export { intUserProfiles } from './intermediate/int_user_profiles.js';
export { fctUserBehaviourGenres } from './marts/fct_user_behaviour_genres.js';
export { fctUserBehaviourGenresConcat } from './marts/fct_user_behaviour_genres_concat.js';
