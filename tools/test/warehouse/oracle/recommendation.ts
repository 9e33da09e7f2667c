import type { Delivery } from './delivery.js';
import { genresByMovie } from './genres.js';
import { compareBytes } from './group.js';
import { statsByMovie } from './movie-stats.js';
import { type ExpectedTable, expectedTable } from './table.js';

const categories = [
  { category: 'evergreen', min_ratings: 100, avg_rating_threshold: 3.5, priority: 3 },
  { category: 'rising_star', min_ratings: 20, avg_rating_threshold: 4, priority: 2 },
  { category: 'fading', min_ratings: 100, avg_rating_threshold: 2.5, priority: 1 },
];

export interface Recommendation {
  readonly movie_id: number;
  readonly title: string;
  readonly genres_string: string;
  readonly rating_count: number;
  readonly avg_rating: number;
  readonly recommendation_category: string;
}

export function recommendations(delivery: Delivery): Recommendation[] {
  const titles = new Map(delivery.movies.map((row) => [row.movieId, row.title]));
  const genres = genresByMovie(delivery);
  const stats = [...statsByMovie(delivery).values()];
  return stats.flatMap(({ movie_id, rating_count, avg_rating }) => {
    const [best] = categories
      .filter((row) => rating_count >= row.min_ratings && avg_rating >= row.avg_rating_threshold)
      .sort((a, b) => b.priority - a.priority || compareBytes(a.category, b.category));
    if (!best) return [];
    const title = titles.get(movie_id)!;
    const genres_string = genres.get(movie_id)!.join(', ');
    const recommendation_category = best.category;
    return [{ movie_id, title, genres_string, rating_count, avg_rating, recommendation_category }];
  });
}

export function recommendationTables(delivery: Delivery): ExpectedTable[] {
  const rows = recommendations(delivery).map((row) => ({ ...row }));
  return [
    expectedTable(
      'recommendation.recommendation_categories',
      'table',
      { category: 'text', min_ratings: 'int', avg_rating_threshold: 'double', priority: 'int' },
      categories,
    ),
    expectedTable(
      'recommendation.int_movie_recommendation',
      'table',
      { movie_id: 'int', rating_count: 'int', avg_rating: 'double', recommendation_category: 'text' },
      rows,
    ),
    expectedTable(
      'recommendation.fct_movie_recommendations',
      'table',
      {
        movie_id: 'int',
        title: 'text',
        genres_string: 'text',
        rating_count: 'int',
        avg_rating: 'double',
        recommendation_category: 'text',
      },
      rows,
    ),
  ];
}
