import { variable } from '@matinee/core';

export const topNTags = variable({
  name: 'top_n_tags',
  type: 'int',
  default: 10,
  description: 'How many of its most relevant tags a movie keeps.',
});
