import { powerBi } from '@matinee/powerbi';
import { audience } from '../report/audience.js';
import { genre as genrePage } from '../report/genre.js';
import { recommendations } from '../report/recommendations.js';
import { start } from '../report/start.js';
import { tagInsights } from '../report/tag-insights.js';
import { cohort } from '../star/cohorts.js';
import { date, genre, movie, movieGenre, rating, user } from '../star/ratings.js';
import { category, history, recommendation } from '../star/recommendations.js';
import { movieStatistics, tag, taggedMovie } from '../star/tags.js';

export const movielens = powerBi({
  name: 'movielens',
  title: 'MovieLens',
  description: 'Ratings, tags and recommendations as a star in Power BI, with a report on them.',
  owner: 'Analytics team',
  tables: [
    rating,
    user,
    movie,
    date,
    genre,
    movieGenre,
    cohort,
    tag,
    taggedMovie,
    movieStatistics,
    category,
    recommendation,
    history,
  ],
  relationships: [
    { from: cohort.column('cohort_month'), to: date.column('date') },
    { from: recommendation.column('recommendation_category'), to: category.column('category') },
    { from: history.column('recommendation_category'), to: category.column('category') },
  ],
  pages: [start, audience, tagInsights, recommendations, genrePage],
});
