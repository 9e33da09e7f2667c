import { card, type ReportPage, scatter, slicer, table, treemap } from '@matinee/powerbi';
import { movieStatistics, tag, taggedMovie } from '../star/tags.js';

const numbers = [
  ['tags', 'Tags', tag.measure('tags')],
  ['movies_with_tags', 'Movies with tags', taggedMovie.measure('movies_with_tags')],
  ['average', 'Weighted average rating', movieStatistics.measure('tagged_average_rating')],
  ['ratings', 'Ratings on tagged movies', movieStatistics.measure('tagged_ratings')],
] as const;

export const tagInsights: ReportPage = {
  name: 'tag_insights',
  title: 'Tag insights',
  visuals: {
    tag: slicer({ title: 'Tag', field: tag.column('tag'), at: { column: 0, row: 0, columns: 4, rows: 2 } }),
    ...Object.fromEntries(
      numbers.map(([name, title, value], index) => [
        `number_${name}`,
        card({ title, value, at: { column: 4 + index * 2, row: 0, columns: 2, rows: 2 } }),
      ]),
    ),
    ranking: table({
      title: 'Tags by weighted average rating',
      columns: [
        tag.column('tag'),
        taggedMovie.measure('movies_with_tags'),
        movieStatistics.measure('tagged_ratings'),
        movieStatistics.measure('tagged_average_rating'),
      ],
      sort: { field: movieStatistics.measure('tagged_average_rating'), direction: 'Descending' },
      at: { column: 0, row: 2, columns: 6, rows: 10 },
    }),
    rating_against_popularity: scatter({
      title: 'Rating against popularity',
      point: tag.column('tag'),
      x: movieStatistics.measure('tagged_ratings'),
      y: movieStatistics.measure('tagged_average_rating'),
      size: taggedMovie.measure('movies_with_tags'),
      at: { column: 6, row: 2, columns: 6, rows: 5 },
    }),
    volume: treemap({
      title: 'Ratings by tag',
      group: tag.column('tag'),
      value: movieStatistics.measure('tagged_ratings'),
      at: { column: 6, row: 7, columns: 6, rows: 5 },
    }),
  },
};
