import { double, integer, model, relevanceRange, sql, view } from '@matinee/core';
import { rawGenomeScores } from '../sources/raw_genome_scores.js';
import { srcGenomeTags } from './src_genome_tags.js';
import { srcMovies } from './src_movies.js';

export const srcGenomeScores = model({
  name: 'src_genome_scores',
  description: 'One row per movie and tag of the tag genome: how relevant the tag is to the movie.',
  materialized: view(),
  columns: {
    movie_id: integer().references(() => srcMovies, 'movie_id', { severity: 'warn' }),
    tag_id: integer().references(() => srcGenomeTags, 'tag_id'),
    relevance: double().describe('0 (not at all) to 1 (very).').test(relevanceRange()),
  },
  key: ['movie_id', 'tag_id'],
  query: sql`
    select
      movieId as movie_id,
      tagId as tag_id,
      relevance
    from ${rawGenomeScores}`,
});
