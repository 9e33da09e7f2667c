import { rawSql, sql } from '@matinee/core';
import { fctUserBehaviourGenresConcat } from '../../../../packages/models-audience/src/index.js';
import { type CubeReader, differences, distinct, grouped, rangesOver, someOf } from './cube-reader.js';

const RANGES = 100;

const { measures } = fctUserBehaviourGenresConcat;

/** Distinct counts under many ranges at once, most of which begin or end with a day of activity. */
export async function compareDistinctCounts(reader: CubeReader): Promise<string[]> {
  const users = await reader.rows('audience.cube_rating_users');
  const movies = await reader.rows('audience.cube_rating_movies');
  const ranges = someOf(rangesOver(users), RANGES);
  const listed = ranges.map(({ from, to }) => `('${from}', '${to}')`).join(', ');
  const rated = sql`${fctUserBehaviourGenresConcat} join (values ${rawSql(listed)}) as ranges (first_day, last_day)
    on cast(rating_timestamp as date) between cast(first_day as date) and cast(last_day as date)`;
  const level = ['engagement_level'] as const;
  return [
    ...differences(
      'users of levels',
      ranges
        .flatMap((range) =>
          grouped(users, level, (rows) => [distinct(rows, range, 'users')]).map((row) => [
            range.from,
            range.to,
            ...row,
          ]),
        )
        .filter((row) => row.at(-1) !== 0),
      await reader.query(
        sql`select first_day, last_day, engagement_level, ${measures.users} from ${rated} group by all`,
      ),
    ),
    ...differences(
      'movies',
      ranges
        .map((range) => [range.from, range.to, distinct(movies, range, 'movies')])
        .filter((row) => row.at(-1) !== 0),
      await reader.query(sql`select first_day, last_day, ${measures.movies} from ${rated} group by all`),
    ),
  ];
}
