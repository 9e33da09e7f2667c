export interface Variables {
  readonly ratings_since: string | null;
  readonly top_n_tags: number;
  readonly min_movie_ratings: number;
  readonly min_tag_movies: number;
}

export const defaultVariables: Variables = {
  ratings_since: '2010-01-01',
  top_n_tags: 10,
  min_movie_ratings: 20,
  min_tag_movies: 50,
};
