import { lit, sql } from '@matinee/core';
import fc from 'fast-check';
import {
  fctUserBehaviourGenres,
  fctUserBehaviourGenresConcat,
} from '../../../../packages/models-audience/src/index.js';
import {
  anyOf,
  type CubeReader,
  differences,
  distinct,
  grouped,
  isIn,
  rangesOver,
  someOf,
  total,
} from './cube-reader.js';

const FILTERS = 12;
const NO_GENRE = '(no genres listed)';

const [facts, genreFacts] = [fctUserBehaviourGenresConcat, fctUserBehaviourGenres];
const { measures } = facts;
const { measures: genreMeasures } = genreFacts;

/** Ranges of days and choices of engagement levels. */
export async function compareAudience(reader: CubeReader): Promise<string[]> {
  const ratings = await reader.rows('audience.cube_ratings');
  const users = await reader.rows('audience.cube_rating_users');
  const usersByMonth = await reader.rows('audience.cube_rating_users_by_month');
  const movies = await reader.rows('audience.cube_rating_movies');
  const genres = await reader.rows('audience.cube_genres');
  const levels = [...new Set(ratings.map((row) => String(row.engagement_level)))].sort();
  const found: string[] = [];
  for (const [range, chosen] of someOf(
    fc.tuple(rangesOver(ratings), fc.subarray(levels, { minLength: 1 })),
    FILTERS,
  )) {
    const place = `${range.from} to ${range.to}, ${chosen.join(' or ')}`;
    const days = sql`cast(rating_timestamp as date) between ${lit(range.from)} and ${lit(range.to)}`;
    const rated = ratings.filter((row) => isIn(row, range));
    const genreDays = genres.filter((row) => isIn(row, range));

    const some = rated.filter((row) => chosen.includes(String(row.engagement_level)));
    const count = total(some, 'ratings');
    const stars = some.reduce((sum, row) => sum + Number(row.rating) * Number(row.ratings), 0);
    const someUsers = users.filter((row) => chosen.includes(String(row.engagement_level)));
    const userCount = distinct(someUsers, range, 'users');
    const perUser = userCount === 0 ? null : count / userCount;
    found.push(
      ...differences(
        `totals of ${place}`,
        [[count, count === 0 ? null : stars, count === 0 ? null : stars / count, userCount, perUser]],
        await reader.query(sql`
          select ${measures.ratings}, ${measures.rating_sum}, ${measures.average_rating}, ${measures.users}, ${measures.ratings_per_user}
          from ${facts} where ${days} and ${anyOf('engagement_level', chosen)}`),
      ),
      ...differences(
        `movies of ${place}`,
        [[distinct(movies, range, 'movies')]],
        await reader.query(sql`select ${measures.movies} from ${facts} where ${days}`),
      ),
      ...differences(
        `distribution of ${place}`,
        grouped(rated, ['rating', 'engagement_level'], (rows) => [total(rows, 'ratings')]),
        await reader.query(sql`
          select rating, engagement_level, ${measures.ratings} from ${facts} where ${days} group by all`),
      ),
      ...differences(
        `users by month of ${place}`,
        grouped(usersByMonth, ['rated_month', 'engagement_level'], (rows) => [
          distinct(rows, range, 'users'),
        ]).filter((row) => row[2] !== 0),
        await reader.query(sql`
          select rated_month, engagement_level, ${measures.users} from ${facts} where ${days} group by all`),
      ),
      ...differences(
        `genres of ${place}`,
        grouped(genreDays, ['genre_name'], (rows) => {
          const [of, sum] = [total(rows, 'genre_ratings'), total(rows, 'genre_rating_sum')];
          return [of, sum, sum / of];
        }),
        await reader.query(sql`
          select genre_name, ${genreMeasures.genre_ratings}, ${genreMeasures.genre_rating_sum}, ${genreMeasures.genre_average_rating}
          from ${genreFacts} where ${days} group by all`),
      ),
      ...differences(
        `number of genres of ${place}`,
        [[new Set(genreDays.map((row) => row.genre_name).filter((name) => name !== NO_GENRE)).size]],
        await reader.query(sql`select ${genreMeasures.genres} from ${genreFacts} where ${days}`),
      ),
    );
  }
  return found;
}
