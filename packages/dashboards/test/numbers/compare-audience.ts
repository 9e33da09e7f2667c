import { sql } from '@matinee/core';
import { type CubeReader, differences, someOf } from '../../../../tools/test/warehouse/cubes/cube-reader.js';
import { type CohortUnit, cohortRetention } from '../../src/numbers/cohort-retention.js';
import type { Days } from '../../src/numbers/days.js';
import { distinctCount } from '../../src/numbers/distinct-count.js';
import { engagementLevels } from '../../src/numbers/engagement-levels.js';
import { genreCount, genreRatings } from '../../src/numbers/genre-ratings.js';
import { ratingDistribution, starSteps } from '../../src/numbers/rating-distribution.js';
import { ratingTotals } from '../../src/numbers/rating-totals.js';
import { ratingsOverTime } from '../../src/numbers/ratings-over-time.js';
import { starsOfRatings } from '../../src/numbers/stars.js';
import { usersByMonth } from '../../src/numbers/users-by-month.js';
import type { Cubes } from '../support/read-site.js';
import { daysText, facts, genreFacts, inDays, periodSql, someDays } from './marts.js';

const RANGES = 12;
const HORIZON = 12;
const { measures } = facts;
const genreMeasures = genreFacts.measures;

/** Every number of the page about the audience, which the first page shows as well, under random ranges. */
export async function compareAudience(cubes: Cubes, reader: CubeReader): Promise<string[]> {
  const found: string[] = [];
  for (const days of someOf(someDays(cubes), RANGES)) {
    const place = daysText(days);
    const stars = starsOfRatings(cubes('cube_ratings'));
    const totals = ratingTotals(stars, days);
    const users = distinctCount(cubes('cube_rating_users'), 'users', days);
    const movies = distinctCount(cubes('cube_rating_movies'), 'movies', days);
    const genres = genreRatings(cubes('cube_genres'), days);
    const overTime = ratingsOverTime(stars, days);
    found.push(
      ...differences(
        `headline numbers of ${place}`,
        [[users, totals.ratings, totals.average, movies]],
        await reader.query(sql`
          select ${measures.users}, ${measures.ratings}, ${measures.average_rating}, ${measures.movies}
          from ${facts} where ${inDays(days)}`),
      ),
      ...differences(
        `number of genres of ${place}`,
        [[genreCount(genres)]],
        await reader.query(sql`select ${genreMeasures.genres} from ${genreFacts} where ${inDays(days)}`),
      ),
      ...differences(
        `genres of ${place}`,
        genres.map(({ genre, ratings, average }) => [genre, ratings, average]),
        await reader.query(sql`
          select genre_name, ${genreMeasures.genre_ratings}, ${genreMeasures.genre_average_rating}
          from ${genreFacts} where ${inDays(days)} group by genre_name`),
      ),
      ...differences(
        `ratings over time of ${place}`,
        overTime.periods
          .map((period, at) => [period, overTime.ratings[at] ?? 0, overTime.averages[at] ?? null])
          .filter(([, ratings]) => ratings !== 0),
        await reader.query(sql`
          select ${periodSql(overTime.unit)}, ${measures.ratings}, ${measures.average_rating}
          from ${facts} where ${inDays(days)} group by 1`),
      ),
      ...differences(
        `users by month of ${place}`,
        usersByMonth(cubes('cube_rating_users_by_month'), days).flatMap((level, row) =>
          Array.from(level, (count, month) => [month + 1, engagementLevels[row] ?? '', count]).filter(
            ([, , count]) => count !== 0,
          ),
        ),
        await reader.query(sql`
          select rated_month, engagement_level, ${measures.users}
          from ${facts} where ${inDays(days)} group by all`),
      ),
      ...differences(
        `distribution of ${place}`,
        ratingDistribution(cubes('cube_ratings'), days).flatMap((level, row) =>
          Array.from(level, (count, step) => [
            starSteps[step] ?? 0,
            engagementLevels[row] ?? '',
            count,
          ]).filter(([, , count]) => count !== 0),
        ),
        await reader.query(sql`
          select rating, engagement_level, ${measures.ratings}
          from ${facts} where ${inDays(days)} group by all`),
      ),
      ...(await compareRetention(cubes, reader, days, 'month')),
      ...(await compareRetention(cubes, reader, days, 'year')),
    );
  }
  return found;
}

async function compareRetention(
  cubes: Cubes,
  reader: CubeReader,
  days: Days,
  unit: CohortUnit,
): Promise<string[]> {
  const cohorts = cohortRetention(cubes('cube_cohorts'), days, HORIZON, unit);
  const month = (day: number) => {
    const date = new Date(day * 86_400_000);
    return date.getUTCFullYear() * 12 + date.getUTCMonth();
  };
  const cohort = unit === 'year' ? sql`first_month - first_month % 12` : sql`first_month`;
  return differences(
    `retention by ${unit} of ${daysText(days)}`,
    cohorts.flatMap(({ month: first, users, shares }) =>
      shares.flatMap((share, after) => (share === null ? [] : [[first, users, after, share]])),
    ),
    await reader.query(sql`
      with months as (
        select distinct user_id, rated_year * 12 + rated_month - 1 as active_month from ${facts}
      ),
      firsts as (
        select user_id, min(active_month) as first_month
        from months
        group by user_id
        having first_month between ${month(days.from)} and ${month(days.to)}
      ),
      observed as (
        select user_id, ${cohort} as cohort, first_month, after
        from firsts, range(0, ${HORIZON + 1}) as horizon(after)
        where first_month + after <= (select max(active_month) from months)
      ),
      sizes as (
        select ${cohort} as cohort, count(*) as users from firsts group by 1
      )
      select observed.cohort, any_value(sizes.users), after, count(months.user_id) / count(*)
      from observed
      join sizes on sizes.cohort = observed.cohort
      left join months on months.user_id = observed.user_id and active_month = first_month + after
      group by observed.cohort, after`),
  );
}
