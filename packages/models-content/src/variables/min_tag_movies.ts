import { variable } from '@matinee/core';

export const minTagMovies = variable({
  name: 'min_tag_movies',
  type: 'int',
  default: 50,
  description: 'The fewest linked movies with which the performance of a tag is measured.',
});
