import {
  BuildStatus,
  Card,
  Doors,
  formatDay,
  formatTime,
  Grid,
  type Page,
  PageFrame,
  type Table,
  Tiles,
  useFacts,
  WithTables,
} from '@matinee/site/browser';
import { daysOf } from '../../numbers/days.js';
import { distinctCount } from '../../numbers/distinct-count.js';
import { ratingTotals } from '../../numbers/rating-totals.js';
import { starsOfRatings } from '../../numbers/stars.js';
import { MeasureTile } from '../parts/measure-tile.js';
import { RATINGS, RECOMMENDED, TAGS } from '../parts/models.js';

const TABLES = [
  'cube_ratings',
  'cube_rating_users',
  'cube_rating_movies',
  'fct_tag_performance',
  'fct_movie_recommendations',
] as const;

type Tables = Readonly<Record<(typeof TABLES)[number], Table>>;

/** The first page: three doors, the headline numbers, and how the last build went. */
export function Start({ doors }: { readonly doors: readonly Page[] }) {
  const { title, builtAt } = useFacts();
  return (
    <PageFrame
      title={title}
      description={`What people watch, rate and look for. Written ${formatTime(builtAt)}.`}
    >
      <Doors pages={doors} />
      <WithTables of={TABLES}>{(tables) => <Headlines tables={tables} />}</WithTables>
      <Grid>
        <Card
          title="The last build"
          description="How it ended, how tests came out last, and how new the sources are."
        >
          <BuildStatus />
        </Card>
      </Grid>
    </PageFrame>
  );
}

function Headlines({ tables }: { readonly tables: Tables }) {
  const all = daysOf(tables.cube_ratings);
  const days = all ?? { from: 0, to: -1 };
  const totals = ratingTotals(starsOfRatings(tables.cube_ratings), days);
  return (
    <section aria-label="Headline numbers" class="headlines">
      <Tiles>
        <MeasureTile
          of={RATINGS}
          measure="users"
          value={distinctCount(tables.cube_rating_users, 'users', days)}
        />
        <MeasureTile of={RATINGS} measure="ratings" value={totals.ratings} />
        <MeasureTile of={RATINGS} measure="average_rating" value={totals.average} />
        <MeasureTile
          of={RATINGS}
          measure="movies"
          value={distinctCount(tables.cube_rating_movies, 'movies', days)}
        />
        <MeasureTile of={TAGS} measure="tags" value={tables.fct_tag_performance.rows} />
        <MeasureTile
          of={RECOMMENDED}
          measure="recommended_movies"
          value={tables.fct_movie_recommendations.rows}
        />
      </Tiles>
      {all && (
        <p class="muted">
          Ratings from {formatDay(all.from)} to {formatDay(all.to)}.
        </p>
      )}
    </section>
  );
}
