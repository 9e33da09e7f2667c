import { card, pageLink, type ReportPage, textBox } from '@matinee/powerbi';
import { movieGenre, rating } from '../star/ratings.js';
import { recommendation } from '../star/recommendations.js';
import { tag } from '../star/tags.js';

const numbers = [
  ['users', 'Users', rating.measure('users')],
  ['ratings', 'Ratings', rating.measure('ratings')],
  ['movies', 'Movies', rating.measure('movies')],
  ['genres', 'Genres', movieGenre.measure('genres')],
  ['tags', 'Tags', tag.measure('tags')],
  ['recommended', 'Recommended movies', recommendation.measure('recommended_movies')],
] as const;

const doors = [
  ['audience', 'Audience'],
  ['tag_insights', 'Tag insights'],
  ['recommendations', 'Recommendations'],
] as const;

export const start: ReportPage = {
  name: 'start',
  title: 'Start',
  visuals: {
    heading: textBox({
      title: 'MovieLens',
      text: 'MovieLens',
      size: 28,
      at: { column: 0, row: 0, columns: 12, rows: 2 },
    }),
    ...Object.fromEntries(
      numbers.map(([name, title, value], index) => [
        name,
        card({ title, value, at: { column: index * 2, row: 2, columns: 2, rows: 3 } }),
      ]),
    ),
    ...Object.fromEntries(
      doors.map(([page, text], index) => [
        `to_${page}`,
        pageLink({ title: text, text, page, at: { column: index * 4, row: 6, columns: 4, rows: 3 } }),
      ]),
    ),
  },
};
