import { card, columnChart, lineChart, type ReportPage, shareChart, table } from '@matinee/powerbi';
import { date, genre as genreTable, movie, rating, user } from '../star/ratings.js';

const numbers = [
  ['ratings', 'Ratings', rating.measure('ratings')],
  ['average_rating', 'Average rating', rating.measure('average_rating')],
  ['users', 'Users', rating.measure('users')],
  ['movies', 'Movies', rating.measure('movies')],
] as const;

/** What a right click on a genre opens. */
export const genre: ReportPage = {
  name: 'genre',
  title: 'Genre',
  drillThrough: genreTable.column('genre_name'),
  visuals: {
    ...Object.fromEntries(
      numbers.map(([name, title, value], index) => [
        `number_${name}`,
        card({ title, value, at: { column: index * 3, row: 0, columns: 3, rows: 2 } }),
      ]),
    ),
    ratings_over_time: columnChart({
      title: 'Ratings over time',
      x: date.column('month'),
      y: rating.measure('ratings'),
      at: { column: 0, row: 2, columns: 6, rows: 3 },
    }),
    average_over_time: lineChart({
      title: 'Average rating over time',
      x: date.column('month'),
      y: rating.measure('average_rating'),
      at: { column: 0, row: 5, columns: 6, rows: 3 },
    }),
    distribution: shareChart({
      title: 'Ratings by engagement level',
      x: rating.column('rating'),
      y: rating.measure('ratings'),
      legend: user.column('engagement_level'),
      at: { column: 0, row: 8, columns: 6, rows: 4 },
    }),
    movies: table({
      title: 'Movies by ratings',
      columns: [movie.column('title'), rating.measure('ratings'), rating.measure('average_rating')],
      sort: { field: rating.measure('ratings'), direction: 'Descending' },
      at: { column: 6, row: 2, columns: 6, rows: 10 },
    }),
  },
};
