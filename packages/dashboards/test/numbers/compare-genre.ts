import { lit, sql } from '@matinee/core';
import { intMovieGenres } from '@matinee/models-audience';
import fc from 'fast-check';
import { type CubeReader, differences, someOf } from '../../../../tools/test/warehouse/cubes/cube-reader.js';
import { srcMovies } from '../../../models-staging/src/index.js';
import { genreMovies } from '../../src/numbers/genre-movies.js';
import { genrePlace } from '../../src/numbers/genre-place.js';
import { genreRatings, noGenre } from '../../src/numbers/genre-ratings.js';
import { ratingTotals } from '../../src/numbers/rating-totals.js';
import { ratingsOverTime } from '../../src/numbers/ratings-over-time.js';
import { starsOfGenres, starsOfRatings } from '../../src/numbers/stars.js';
import type { Cubes } from '../support/read-site.js';
import { daysText, facts, genreFacts, inDays, periodSql, someDays } from './marts.js';

const CHOICES = 12;
const { measures } = genreFacts;

/** Every number of a genre's page, for random genres and ranges. */
export async function compareGenre(cubes: Cubes, reader: CubeReader): Promise<string[]> {
  const found: string[] = [];
  const all = starsOfGenres(cubes('cube_genres'));
  for (const [days, { genre, stars }] of someOf(
    fc.tuple(someDays(cubes), fc.constantFrom(...all)),
    CHOICES,
  )) {
    const place = `${genre}, ${daysText(days)}`;
    const totals = ratingTotals(stars, days);
    const { ratings: allRatings } = ratingTotals(starsOfRatings(cubes('cube_ratings')), days);
    const { rank, of } = genrePlace(genreRatings(cubes('cube_genres'), days), genre);
    const overTime = ratingsOverTime(stars, days);
    const ofGenre = sql`genre_name = ${lit(genre)} and ${inDays(days)}`;
    found.push(
      ...differences(
        `ratings of ${place}`,
        [[totals.ratings, totals.average, allRatings === 0 ? null : totals.ratings / allRatings]],
        await reader.query(sql`
          select
            ${measures.genre_ratings},
            ${measures.genre_average_rating},
            ${measures.genre_ratings} / nullif((select ${facts.measures.ratings} from ${facts} where ${inDays(days)}), 0)
          from ${genreFacts} where ${ofGenre}`),
      ),
      ...differences(
        `rank of ${place}`,
        [[rank, of]],
        await reader.query(sql`
          with ranked as (
            select genre_name, row_number() over (order by count(*) desc, genre_name) as place
            from ${genreFacts} where ${inDays(days)} and genre_name <> ${lit(noGenre)} group by genre_name
          )
          select max(place) filter (genre_name = ${lit(genre)}), count(*) from ranked`),
      ),
      ...differences(
        `time of ${place}`,
        overTime.periods
          .map((period, at) => [period, overTime.ratings[at] ?? 0, overTime.averages[at] ?? null])
          .filter(([, ratings]) => ratings !== 0),
        await reader.query(sql`
          select ${periodSql(overTime.unit)}, ${measures.genre_ratings}, ${measures.genre_average_rating}
          from ${genreFacts} where ${ofGenre} group by 1`),
      ),
    );
    const year = (day: number) => new Date(day * 86_400_000).getUTCFullYear();
    const years = { from: year(days.from), to: year(days.to) };
    found.push(
      ...differences(
        `movies of ${genre}, ${years.from} to ${years.to}`,
        genreMovies(cubes('cube_genre_movies'), genre, years).map((movie) => [
          movie.title,
          movie.ratings,
          movie.average,
        ]),
        await reader.query(sql`
          with most_rated as (
            select movie_id, count(*) as ratings
            from ${facts}
            join ${intMovieGenres} as genres using (movie_id)
            where genre_name = ${lit(genre)}
            group by movie_id
            order by ratings desc, movie_id
            limit 100
          )
          select any_value(title), ${facts.measures.ratings}, ${facts.measures.average_rating}
          from ${facts} as rated
          join most_rated using (movie_id)
          join ${srcMovies} using (movie_id)
          where rated_year between ${years.from} and ${years.to}
          group by movie_id`),
      ),
    );
  }
  return found;
}
