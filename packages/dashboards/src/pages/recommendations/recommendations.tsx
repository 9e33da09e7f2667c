import {
  Grid,
  MultiSelect,
  PageFrame,
  someOf,
  type Table,
  Tiles,
  useFilter,
  WithTables,
} from '@matinee/site/browser';
import { useMemo } from 'preact/hooks';
import { categoryGenres } from '../../numbers/category-genres.js';
import { categoryTotals, totalsByCategory } from '../../numbers/category-totals.js';
import { recommendationHistory } from '../../numbers/recommendation-history.js';
import { chosenMovies, type RecommendedMovie, recommendedMovies } from '../../numbers/recommended-movies.js';
import { MeasureTile } from '../parts/measure-tile.js';
import { RECOMMENDED } from '../parts/models.js';
import { Nothing } from '../parts/nothing.js';
import { Provenance } from '../parts/provenance.js';
import { categoryLabel } from '../parts/words.js';
import { AverageChart } from './average-chart.js';
import { CategoriesChart } from './categories-chart.js';
import { GenresChart } from './genres-chart.js';
import { HistoryChart } from './history-chart.js';
import { MoviesCard } from './movies-card.js';

const TABLES = ['fct_movie_recommendations', 'cube_recommendation_history'] as const;

export function Recommendations() {
  return (
    <WithTables of={TABLES}>
      {({ fct_movie_recommendations: movies, cube_recommendation_history: history }) => (
        <Movies all={recommendedMovies(movies)} history={history} />
      )}
    </WithTables>
  );
}

function Movies({ all, history }: { readonly all: readonly RecommendedMovie[]; readonly history: Table }) {
  const [chosen, setChosen] = useFilter('category', someOf);
  const { movies, totals, byCategory, genres, changes } = useMemo(() => {
    const movies = chosenMovies(all, chosen);
    return {
      movies,
      totals: categoryTotals(movies),
      byCategory: totalsByCategory(movies),
      genres: categoryGenres(movies),
      changes: recommendationHistory(history, chosen),
    };
  }, [all, history, chosen]);
  /** Of all times, so that a category keeps its colour whatever is chosen. */
  const categories = useMemo(
    () =>
      [
        ...new Set([
          ...all.map(({ category }) => category),
          ...history.texts('recommendation_category').values,
        ]),
      ].sort(),
    [all, history],
  );
  return (
    <PageFrame
      title="Recommendations"
      description="Which movies are recommended, under which category, and how that changed from build to build."
      filters={
        <MultiSelect
          label="Category"
          value={chosen}
          options={categories.map((value) => ({ value, label: categoryLabel(value) }))}
          onChange={setChosen}
        />
      }
    >
      <Tiles>
        <MeasureTile of={RECOMMENDED} measure="recommended_movies" value={totals.movies} />
        <MeasureTile of={RECOMMENDED} measure="recommended_categories" value={byCategory.length} />
        <MeasureTile of={RECOMMENDED} measure="recommended_ratings" value={totals.ratings} />
        <MeasureTile of={RECOMMENDED} measure="recommended_average_rating" value={totals.average} />
      </Tiles>
      {movies.length === 0 ? (
        <Nothing title="No movie is recommended here">
          <p>
            No movie meets the thresholds of {chosen.length === 0 ? 'any category' : 'the chosen categories'}.
            They stand in the seed <code>recommendation_categories</code>: change them there, build the
            warehouse and the site again.
          </p>
        </Nothing>
      ) : (
        <Grid>
          <CategoriesChart data={byCategory} categories={categories} />
          <AverageChart data={byCategory} categories={categories} />
          <GenresChart data={genres} categories={categories} />
          <MoviesCard movies={movies} />
        </Grid>
      )}
      {changes.length > 0 && (
        <Grid>
          <HistoryChart changes={changes} categories={categories} />
        </Grid>
      )}
      <Provenance dashboard="recommendations" />
    </PageFrame>
  );
}
