import type { Delivery } from './delivery.js';
import { type ExpectedTable, expectedTable } from './table.js';
import { epochSeconds, utcText } from './time.js';
import type { Variables } from './variables.js';

/** The delivery as the models see it: without the ratings before `ratings_since`. */
export function withinBounds(delivery: Delivery, { ratings_since }: Variables): Delivery {
  if (ratings_since === null) return delivery;
  const since = epochSeconds(ratings_since);
  return { ...delivery, ratings: delivery.ratings.filter(({ time }) => time >= since) };
}

export function stagingTables(delivery: Delivery): ExpectedTable[] {
  return [
    expectedTable(
      'staging.src_ratings',
      'table',
      { user_id: 'int', movie_id: 'int', rating: 'double', rating_timestamp: 'timestamp' },
      delivery.ratings.map((row) => ({
        user_id: row.userId,
        movie_id: row.movieId,
        rating: row.rating,
        rating_timestamp: utcText(row.time),
      })),
    ),
    expectedTable(
      'staging.src_tags',
      'view',
      { user_id: 'int', movie_id: 'int', tag: 'text', tag_timestamp: 'timestamp' },
      delivery.tags.map((row) => ({
        user_id: row.userId,
        movie_id: row.movieId,
        tag: row.tag,
        tag_timestamp: utcText(row.time),
      })),
    ),
    expectedTable(
      'staging.src_movies',
      'view',
      { movie_id: 'int', title: 'text', genres: 'text' },
      delivery.movies.map(({ movieId, ...row }) => ({ movie_id: movieId, ...row })),
    ),
    expectedTable(
      'staging.src_links',
      'view',
      { movie_id: 'int', imdb_id: 'text', tmdb_id: 'int' },
      delivery.links.map((row) => ({ movie_id: row.movieId, imdb_id: row.imdbId, tmdb_id: row.tmdbId })),
    ),
    expectedTable(
      'staging.src_genome_scores',
      'view',
      { movie_id: 'int', tag_id: 'int', relevance: 'double' },
      delivery.genomeScores.map((row) => ({
        movie_id: row.movieId,
        tag_id: row.tagId,
        relevance: row.relevance,
      })),
    ),
    expectedTable(
      'staging.src_genome_tags',
      'view',
      { tag_id: 'int', tag: 'text' },
      delivery.genomeTags.map((row) => ({ tag_id: row.tagId, tag: row.tag })),
    ),
  ];
}
