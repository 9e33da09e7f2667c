import type { Delivery } from './delivery.js';
import { type ExpectedTable, expectedTable } from './table.js';
import { utcText } from './time.js';

/** The raw tables, without the columns that say where a row came from. */
export function rawTables(delivery: Delivery): ExpectedTable[] {
  return [
    expectedTable(
      'raw.raw_ratings',
      'table',
      { userId: 'int', movieId: 'int', rating: 'double', timestamp: 'timestamp' },
      delivery.ratings.map(({ time, ...row }) => ({ ...row, timestamp: utcText(time) })),
    ),
    expectedTable(
      'raw.raw_tags',
      'table',
      { userId: 'int', movieId: 'int', tag: 'text', timestamp: 'timestamp' },
      delivery.tags.map(({ time, ...row }) => ({ ...row, timestamp: utcText(time) })),
    ),
    expectedTable(
      'raw.raw_movies',
      'table',
      { movieId: 'int', title: 'text', genres: 'text' },
      delivery.movies,
    ),
    expectedTable(
      'raw.raw_links',
      'table',
      { movieId: 'int', imdbId: 'text', tmdbId: 'int' },
      delivery.links,
    ),
    expectedTable(
      'raw.raw_genome_scores',
      'table',
      { movieId: 'int', tagId: 'int', relevance: 'double' },
      delivery.genomeScores,
    ),
    expectedTable('raw.raw_genome_tags', 'table', { tagId: 'int', tag: 'text' }, delivery.genomeTags),
  ];
}
