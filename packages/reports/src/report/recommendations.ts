import {
  barChart,
  columnChart,
  donut,
  type ReportPage,
  slicer,
  stackedBarChart,
  table,
} from '@matinee/powerbi';
import { genre } from '../star/ratings.js';
import { category, history, recommendation } from '../star/recommendations.js';

export const recommendations: ReportPage = {
  name: 'recommendations',
  title: 'Recommendations',
  rows: 14,
  visuals: {
    category: slicer({
      title: 'Category',
      field: category.column('category'),
      at: { column: 0, row: 0, columns: 4, rows: 2 },
    }),
    genre: slicer({
      title: 'Genre',
      field: genre.column('genre_name'),
      at: { column: 4, row: 0, columns: 4, rows: 2 },
    }),
    categories: donut({
      title: 'Recommended movies by category',
      legend: category.column('category'),
      value: recommendation.measure('recommended_movies'),
      at: { column: 0, row: 2, columns: 4, rows: 4 },
    }),
    averages: barChart({
      title: 'Average rating by category',
      x: category.column('category'),
      y: recommendation.measure('recommended_average_rating'),
      at: { column: 4, row: 2, columns: 4, rows: 4 },
    }),
    genres: stackedBarChart({
      title: 'Genres by category',
      x: genre.column('genre_name'),
      y: recommendation.measure('recommended_movies'),
      legend: category.column('category'),
      at: { column: 8, row: 0, columns: 4, rows: 6 },
    }),
    movies: table({
      title: 'Recommended movies',
      columns: [
        recommendation.column('title'),
        recommendation.column('genres_string'),
        category.column('category'),
        recommendation.measure('recommended_ratings'),
        recommendation.measure('recommended_average_rating'),
      ],
      sort: { field: recommendation.measure('recommended_ratings'), direction: 'Descending' },
      at: { column: 0, row: 6, columns: 8, rows: 8 },
    }),
    changes: columnChart({
      title: 'Changes of the recommendations',
      x: history.column('valid_from'),
      y: [history.measure('recommendations_added'), history.measure('recommendations_removed')],
      at: { column: 8, row: 6, columns: 4, rows: 4 },
    }),
    history: table({
      title: 'Movies of each category over time',
      columns: [history.column('valid_from'), category.column('category'), history.column('movies')],
      sort: { field: history.column('valid_from'), direction: 'Descending' },
      at: { column: 8, row: 10, columns: 4, rows: 4 },
    }),
  },
};
