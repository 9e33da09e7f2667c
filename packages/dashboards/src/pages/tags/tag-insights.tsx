import {
  Card,
  DataTable,
  Grid,
  MultiSelect,
  PageFrame,
  someOf,
  type Table,
  Tiles,
  useFilter,
  useMeasure,
  WithTables,
} from '@matinee/site/browser';
import { useMemo } from 'preact/hooks';
import { tagTrend } from '../../numbers/tag-trend.js';
import { taggedMovies } from '../../numbers/tagged-movies.js';
import { allTags, chosenTags, type Tag } from '../../numbers/tags.js';
import { MeasureTile } from '../parts/measure-tile.js';
import { MOVIES, TAG_LINKS, TAGS } from '../parts/models.js';
import { Provenance } from '../parts/provenance.js';
import { NoTags } from './no-tags.js';
import { PopularityChart } from './popularity-chart.js';
import { VolumeChart } from './volume-chart.js';

const TABLES = ['fct_tag_performance', 'cube_tag_movies'] as const;

export function TagInsights() {
  return (
    <WithTables of={TABLES}>
      {({ fct_tag_performance: tags, cube_tag_movies: movies }) =>
        tags.rows === 0 ? <NoTags /> : <MeasuredTags all={allTags(tags)} movies={movies} />
      }
    </WithTables>
  );
}

function MeasuredTags({ all, movies }: { readonly all: readonly Tag[]; readonly movies: Table }) {
  const [names, setNames] = useFilter('tags', someOf);
  const { tags, totals, trend } = useMemo(() => {
    const chosen = chosenTags(all, names);
    return { tags: chosen, totals: taggedMovies(movies, chosen), trend: tagTrend(chosen) };
  }, [all, movies, names]);
  const options = useMemo(
    () => [...new Set(all.map(({ tag }) => tag))].sort().map((tag) => ({ value: tag, label: tag })),
    [all],
  );
  return (
    <PageFrame
      title="Tag insights"
      description="Which tags describe movies that people rate often, and rate high."
      filters={<MultiSelect label="Tags" value={names} options={options} onChange={setNames} />}
    >
      <Tiles>
        <MeasureTile of={TAGS} measure="tags" value={tags.length} />
        <MeasureTile of={TAG_LINKS} measure="tagged_movies" value={totals.movies} />
        <MeasureTile of={MOVIES} measure="movie_average_rating" value={totals.average} />
        <MeasureTile of={MOVIES} measure="movie_ratings" value={totals.ratings} />
      </Tiles>
      <Grid>
        <PopularityChart tags={tags} trend={trend} />
        <VolumeChart tags={tags} onSelect={(tag) => setNames([tag])} />
        <Ranking tags={tags} />
      </Grid>
      <Provenance dashboard="tag_insights" />
    </PageFrame>
  );
}

function Ranking({ tags }: { readonly tags: readonly Tag[] }) {
  const average = useMeasure(TAGS, 'tag_average_rating');
  const data = useMemo(
    () => ({
      columns: [
        { label: 'Tag', format: 'text' as const },
        { label: 'Rank', format: 'integer' as const },
        { label: 'Average rating', format: average.format },
        { label: 'Ratings', format: 'integer' as const },
        { label: 'Movies', format: 'integer' as const },
      ],
      rows: [...tags]
        .sort((a, b) => b.average - a.average || b.ratings - a.ratings || a.id - b.id)
        .map((tag, place) => [tag.tag, place + 1, tag.average, tag.ratings, tag.movies]),
    }),
    [tags],
  );
  return (
    <Card
      title="Tags ranked by average rating"
      description="Of the movies with the tag, each weighted by its ratings."
    >
      <DataTable label="Tags ranked by average rating" data={data} search pageSize={15} />
    </Card>
  );
}
