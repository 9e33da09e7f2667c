import { DateRange, formatDay, Grid, PageFrame, type Table, Tiles, WithTables } from '@matinee/site/browser';
import { useMemo } from 'preact/hooks';
import { cohortRetention } from '../../numbers/cohort-retention.js';
import { type Days, daysOf } from '../../numbers/days.js';
import { distinctCount } from '../../numbers/distinct-count.js';
import { genreCount, genreRatings } from '../../numbers/genre-ratings.js';
import { ratingDistribution } from '../../numbers/rating-distribution.js';
import { ratingTotals } from '../../numbers/rating-totals.js';
import { ratingsOverTime } from '../../numbers/ratings-over-time.js';
import { starsOfRatings } from '../../numbers/stars.js';
import { usersByMonth } from '../../numbers/users-by-month.js';
import { MeasureTile } from '../parts/measure-tile.js';
import { GENRES, RATINGS } from '../parts/models.js';
import { NoRatings } from '../parts/no-ratings.js';
import { OverTimeChart } from '../parts/over-time-chart.js';
import { Provenance } from '../parts/provenance.js';
import { useDays } from '../parts/use-days.js';
import { DistributionChart } from './distribution-chart.js';
import { GenresChart } from './genres-chart.js';
import { MonthsChart } from './months-chart.js';
import { HORIZON, RetentionChart } from './retention-chart.js';

const TABLES = [
  'cube_ratings',
  'cube_rating_users',
  'cube_rating_users_by_month',
  'cube_rating_movies',
  'cube_genres',
  'cube_cohorts',
] as const;

type Tables = Readonly<Record<(typeof TABLES)[number], Table>>;

export function Audience() {
  return (
    <WithTables of={TABLES}>
      {(tables) => {
        const all = daysOf(tables.cube_ratings);
        return all ? <Ratings tables={tables} all={all} /> : <NoRatings title="Audience" />;
      }}
    </WithTables>
  );
}

function Ratings({ tables, all }: { readonly tables: Tables; readonly all: Days }) {
  const { filter, setFilter, days, linked } = useDays(all);
  const numbers = useMemo(() => audienceNumbers(tables, days), [tables, days.from, days.to]);
  const { totals, users, movies, genres, overTime, byMonth, distribution, retention } = numbers;
  return (
    <PageFrame
      title="Audience"
      description={`Who rates, when and how high. Ratings from ${formatDay(all.from)} to ${formatDay(all.to)}.`}
      filters={<DateRange label="Days" value={filter} first={all.from} last={all.to} onChange={setFilter} />}
    >
      <Tiles>
        <MeasureTile of={RATINGS} measure="users" value={users} />
        <MeasureTile of={RATINGS} measure="ratings" value={totals.ratings} />
        <MeasureTile of={RATINGS} measure="average_rating" value={totals.average} />
        <MeasureTile of={RATINGS} measure="movies" value={movies} />
        <MeasureTile of={GENRES} measure="genres" value={genreCount(genres)} />
      </Tiles>
      <Grid>
        <OverTimeChart data={overTime} of={RATINGS} counted="ratings" averaged="average_rating" />
        <MonthsChart data={byMonth} />
        <DistributionChart data={distribution} />
        <GenresChart data={genres} linked={linked} />
        <RetentionChart data={retention} />
      </Grid>
      <Provenance dashboard="audience" />
    </PageFrame>
  );
}

function audienceNumbers(tables: Tables, days: Days) {
  const stars = starsOfRatings(tables.cube_ratings);
  return {
    totals: ratingTotals(stars, days),
    users: distinctCount(tables.cube_rating_users, 'users', days),
    movies: distinctCount(tables.cube_rating_movies, 'movies', days),
    genres: genreRatings(tables.cube_genres, days),
    overTime: ratingsOverTime(stars, days),
    byMonth: usersByMonth(tables.cube_rating_users_by_month, days),
    distribution: ratingDistribution(tables.cube_ratings, days),
    retention: cohortRetention(tables.cube_cohorts, days, HORIZON),
  };
}
