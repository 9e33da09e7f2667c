import {
  DateRange,
  formatDay,
  Grid,
  oneOf,
  PageFrame,
  type Table,
  Tiles,
  useFilter,
  WithTables,
} from '@matinee/site/browser';
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
import { NoRatingsInRange } from '../parts/no-ratings-in-range.js';
import { OverTimeChart } from '../parts/over-time-chart.js';
import { Provenance } from '../parts/provenance.js';
import { useDays } from '../parts/use-days.js';
import { useNumbers } from '../parts/use-numbers.js';
import { Waiting } from '../parts/waiting.js';
import { DistributionChart } from './distribution-chart.js';
import { GenresChart } from './genres-chart.js';
import { MonthsChart } from './months-chart.js';
import { HORIZON, RetentionChart } from './retention-chart.js';

export function Audience() {
  return (
    <WithTables of={['cube_ratings']}>
      {({ cube_ratings }) => {
        const all = daysOf(cube_ratings);
        return all ? <Ratings table={cube_ratings} all={all} /> : <NoRatings title="Audience" />;
      }}
    </WithTables>
  );
}

/** The numbers of ratings are there at once, the others as their tables come. */
function Ratings({ table, all }: { readonly table: Table; readonly all: Days }) {
  const { filter, setFilter, days, linked } = useDays(all);
  const { totals, overTime, distribution } = useMemo(() => {
    const stars = starsOfRatings(table);
    return {
      totals: ratingTotals(stars, days),
      overTime: ratingsOverTime(stars, days),
      distribution: ratingDistribution(table, days),
    };
  }, [table, days.from, days.to]);
  const users = useNumbers('cube_rating_users', days, countUsers);
  const byMonth = useNumbers('cube_rating_users_by_month', days, usersByMonth);
  const genres = useNumbers('cube_genres', days, genreRatings);
  const [unit, setUnit] = useFilter('cohorts', cohortUnit);
  const retention = useNumbers('cube_cohorts', days, retentionBy[unit]);
  const movies = useNumbers('cube_rating_movies', days, countMovies);
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
        <MeasureTile of={GENRES} measure="genres" value={genres && genreCount(genres)} />
      </Tiles>
      {totals.ratings === 0 ? (
        <NoRatingsInRange all={all} />
      ) : (
        <Grid>
          <OverTimeChart data={overTime} of={RATINGS} counted="ratings" averaged="average_rating" />
          {byMonth ? <MonthsChart data={byMonth} /> : <Waiting span={7} height={414} />}
          <DistributionChart data={distribution} />
          {genres ? <GenresChart data={genres} linked={linked} /> : <Waiting span={5} height={714} />}
          {retention ? (
            <RetentionChart data={retention} unit={unit} onUnit={setUnit} />
          ) : (
            <Waiting span={7} height={714} />
          )}
        </Grid>
      )}
      <Provenance dashboard="audience" />
    </PageFrame>
  );
}

const countUsers = (table: Table, days: Days) => distinctCount(table, 'users', days);
const countMovies = (table: Table, days: Days) => distinctCount(table, 'movies', days);
const retentionBy = {
  month: (table: Table, days: Days) => cohortRetention(table, days, HORIZON, 'month'),
  year: (table: Table, days: Days) => cohortRetention(table, days, HORIZON, 'year'),
};
const cohortUnit = oneOf(['month', 'year']);
