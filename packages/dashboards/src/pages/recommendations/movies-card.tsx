import { Card, DataTable, useMeasure } from '@matinee/site/browser';
import { useMemo } from 'preact/hooks';
import type { RecommendedMovie } from '../../numbers/recommended-movies.js';
import { RECOMMENDED } from '../parts/models.js';
import { categoryLabel } from '../parts/words.js';

/** The recommended movies, to be searched, sorted and turned over. */
export function MoviesCard({ movies }: { readonly movies: readonly RecommendedMovie[] }) {
  const ratings = useMeasure(RECOMMENDED, 'recommended_ratings');
  const average = useMeasure(RECOMMENDED, 'recommended_average_rating');
  const data = useMemo(() => {
    const categories = new Set(movies.map(({ category }) => category));
    const labels = new Map(Array.from(categories, (category) => [category, categoryLabel(category)]));
    return {
      columns: [
        { label: 'Movie', format: 'text' as const },
        { label: 'Genres', format: 'text' as const },
        { label: 'Category', format: 'text' as const },
        { label: 'Ratings', format: ratings.format },
        { label: 'Average rating', format: average.format },
      ],
      rows: movies.map((movie) => [
        movie.title,
        movie.genresText,
        labels.get(movie.category) ?? '',
        movie.ratings,
        movie.average,
      ]),
    };
  }, [movies]);
  return (
    <Card title="Movies" description="The best rated first. A title, genre or category can be searched for.">
      <DataTable label="Recommended movies" data={data} search pageSize={15} />
    </Card>
  );
}
