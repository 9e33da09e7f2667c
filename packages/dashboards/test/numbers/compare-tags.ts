import { sql } from '@matinee/core';
import { fctTagPerformance, intMovieRatingStats, intTagMovieLink } from '@matinee/models-content';
import fc from 'fast-check';
import {
  anyOf,
  type CubeReader,
  differences,
  someOf,
} from '../../../../tools/test/warehouse/cubes/cube-reader.js';
import { tagTrend } from '../../src/numbers/tag-trend.js';
import { taggedMovies } from '../../src/numbers/tagged-movies.js';
import { allTags, chosenTags } from '../../src/numbers/tags.js';
import type { Cubes } from '../support/read-site.js';

const CHOICES = 12;
const { measures: stats } = intMovieRatingStats;

/** Every number of the page about tags, for random choices of tags. */
export async function compareTags(cubes: Cubes, reader: CubeReader): Promise<string[]> {
  const found: string[] = [];
  const all = allTags(cubes('fct_tag_performance'));
  const names = all.map(({ tag }) => tag);
  const choices = names.length === 0 ? [] : someOf(fc.subarray(names, { minLength: 1 }), CHOICES);
  for (const choice of [[], ...choices]) {
    const place = choice.join(', ') || 'all tags';
    const tags = chosenTags(all, choice);
    const totals = taggedMovies(cubes('cube_tag_movies'), tags);
    const trend = tagTrend(tags);
    const chosen = anyOf('tag', choice.length === 0 ? names : choice);
    const linked = sql`
      from ${intTagMovieLink} where tag_id in (select tag_id from ${fctTagPerformance} where ${chosen})`;
    found.push(
      ...differences(
        `headline numbers of ${place}`,
        [[tags.length, totals.movies, totals.average, totals.ratings]],
        await reader.query(sql`
          select
            (select ${fctTagPerformance.measures.tags} from ${fctTagPerformance} where ${chosen}),
            (select ${intTagMovieLink.measures.tagged_movies} ${linked}),
            ${stats.movie_average_rating},
            coalesce(${stats.movie_ratings}, 0)
          from ${intMovieRatingStats} where movie_id in (select movie_id ${linked})`),
      ),
      ...differences(
        `tags of ${place}`,
        tags.map(({ tag, movies, ratings, average }) => [tag, movies, ratings, average]),
        await reader.query(sql`
          select tag, ${fctTagPerformance.measures.tag_movies}, ${fctTagPerformance.measures.tag_ratings},
            ${fctTagPerformance.measures.tag_average_rating}
          from ${fctTagPerformance} where ${chosen} group by tag_id, tag`),
      ),
      ...differences(
        `trend of ${place}`,
        [[trend?.slope ?? null, trend?.intercept ?? null]].map((row) => row.map(rounded)),
        (
          await reader.query(sql`
            with points as (
              select weighted_avg_rating as y, log10(total_ratings_on_tagged_movies) as x
              from ${fctTagPerformance} where ${chosen}
            )
            select
              case when count(distinct x) > 1 then regr_slope(y, x) end,
              case when count(distinct x) > 1 then regr_intercept(y, x) end
            from points`)
        ).map((row) => row.map((cell) => rounded(cell as number | null))),
      ),
    );
  }
  return found;
}

/** Sums of squares lose digits where points lie close together. */
const rounded = (value: number | null) => (value === null ? null : Number(value.toFixed(6)) + 0);
