/** The models whose measures the pages show. */
export const RATINGS = 'fct_user_behaviour_genres_concat';
export const GENRES = 'fct_user_behaviour_genres';
export const TAGS = 'fct_tag_performance';
export const TAG_LINKS = 'int_tag_movie_link';
export const MOVIES = 'int_movie_rating_stats';
export const RECOMMENDED = 'fct_movie_recommendations';
