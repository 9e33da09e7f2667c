import {
  barChart,
  card,
  columnChart,
  heatMap,
  lineChart,
  type ReportPage,
  shareChart,
  slicer,
} from '@matinee/powerbi';
import { cohort } from '../star/cohorts.js';
import { date, genre, movieGenre, rating, user } from '../star/ratings.js';

const numbers = [
  ['users', 'Users', rating.measure('users')],
  ['ratings', 'Ratings', rating.measure('ratings')],
  ['average_rating', 'Average rating', rating.measure('average_rating')],
  ['movies', 'Movies', rating.measure('movies')],
  ['genres', 'Genres', movieGenre.measure('genres')],
] as const;

export const audience: ReportPage = {
  name: 'audience',
  title: 'Audience',
  rows: 25,
  visuals: {
    days: slicer({
      title: 'Days',
      field: date.column('date'),
      range: true,
      at: { column: 0, row: 0, columns: 4, rows: 2 },
    }),
    levels: slicer({
      title: 'Engagement level',
      field: user.column('engagement_level'),
      at: { column: 4, row: 0, columns: 4, rows: 2 },
    }),
    genre: slicer({
      title: 'Genre',
      field: genre.column('genre_name'),
      at: { column: 8, row: 0, columns: 4, rows: 2 },
    }),
    ...Object.fromEntries(
      numbers.map(([name, title, value], index) => [
        `number_${name}`,
        card({ title, value, at: { column: index * 2, row: 2, columns: 2, rows: 2 } }),
      ]),
    ),
    ratings_per_user: card({
      title: 'Ratings per user',
      value: rating.measure('ratings_per_user'),
      at: { column: 10, row: 2, columns: 2, rows: 2 },
    }),
    levels_by_month: heatMap({
      title: 'Users by engagement level and month',
      rows: user.column('engagement_level'),
      columns: date.column('month_of_year'),
      value: rating.measure('users'),
      at: { column: 0, row: 4, columns: 6, rows: 4 },
    }),
    distribution: shareChart({
      title: 'Ratings by engagement level',
      x: rating.column('rating'),
      y: rating.measure('ratings'),
      legend: user.column('engagement_level'),
      at: { column: 6, row: 4, columns: 6, rows: 4 },
    }),
    ratings_over_time: columnChart({
      title: 'Ratings over time',
      x: date.column('month'),
      y: rating.measure('ratings'),
      at: { column: 0, row: 8, columns: 6, rows: 4 },
    }),
    average_over_time: lineChart({
      title: 'Average rating over time',
      x: date.column('month'),
      y: rating.measure('average_rating'),
      at: { column: 6, row: 8, columns: 6, rows: 4 },
    }),
    genres_by_ratings: barChart({
      title: 'Genres by ratings',
      x: genre.column('genre_name'),
      y: rating.measure('ratings'),
      sort: { field: rating.measure('ratings'), direction: 'Descending' },
      at: { column: 0, row: 12, columns: 6, rows: 5 },
    }),
    genres_by_average: barChart({
      title: 'Genres by average rating',
      x: genre.column('genre_name'),
      y: rating.measure('average_rating'),
      sort: { field: rating.measure('average_rating'), direction: 'Descending' },
      at: { column: 6, row: 12, columns: 6, rows: 5 },
    }),
    months_since: slicer({
      title: 'Months since the first rating',
      field: cohort.column('months_since'),
      range: true,
      at: { column: 0, row: 17, columns: 4, rows: 2 },
    }),
    retention: heatMap({
      title: 'Share of users who rated again, by month of their first rating (all levels and genres)',
      rows: date.column('month'),
      columns: cohort.column('months_since'),
      value: cohort.measure('retained_share'),
      at: { column: 0, row: 19, columns: 12, rows: 6 },
    }),
  },
};
