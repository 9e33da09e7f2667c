import { given, unitTest } from '@matinee/core';
import { srcMovies } from '@matinee/models-staging';
import { intTagMovieLink } from '../intermediate/int_tag_movie_link.js';
import { dimMovieTagProfile } from '../marts/dim_movie_tag_profile.js';

export const dimMovieTagProfileOrder = unitTest({
  name: 'dim_movie_tag_profile_order',
  description:
    'Tags stand by falling relevance, then by tag_id; a movie outside the catalogue has no profile.',
  model: dimMovieTagProfile,
  given: [
    given(intTagMovieLink, [
      { movie_id: 1, tag_id: 30, tag: 'a, tied', relevance: 0.5 },
      { movie_id: 1, tag_id: 20, tag: 'z, tied', relevance: 0.5 },
      { movie_id: 1, tag_id: 40, tag: 'best', relevance: 0.75 },
      { movie_id: 9, tag_id: 40, tag: 'best', relevance: 0.75 },
    ]),
    given(srcMovies, [
      { movie_id: 1, title: 'Laura (1944)', genres: 'Film-Noir' },
      { movie_id: 2, title: 'Not linked', genres: 'Drama' },
    ]),
  ],
  expected: [{ movie_id: 1, title: 'Laura (1944)', top_tags_list: 'best, z, tied, a, tied' }],
});
