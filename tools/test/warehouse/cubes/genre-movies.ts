import { lit, sql } from '@matinee/core';
import fc from 'fast-check';
import { fctUserBehaviourGenres } from '../../../../packages/models-audience/src/index.js';
import { anyOf, type CubeReader, differences, grouped, someOf, total } from './cube-reader.js';

const { measures } = fctUserBehaviourGenres;

/** Ranges of years, one for each genre. */
export async function compareGenreMovies(reader: CubeReader): Promise<string[]> {
  const cube = await reader.rows('audience.cube_genre_movies');
  const years = [...new Set(cube.map((row) => Number(row.rated_year)))];
  const genres = [...new Set(cube.map((row) => String(row.genre_name)))];
  const ranges = someOf(fc.tuple(fc.constantFrom(...years), fc.constantFrom(...years)), genres.length);
  const found: string[] = [];
  for (const [index, genre] of genres.entries()) {
    const [a = 0, b = 0] = ranges[index] ?? [];
    const [from, to] = [Math.min(a, b), Math.max(a, b)];
    const ofGenre = cube.filter((row) => row.genre_name === genre);
    const shown = ofGenre.filter((row) => Number(row.rated_year) >= from && Number(row.rated_year) <= to);
    const movies = [...new Set(ofGenre.map((row) => Number(row.movie_id)))];
    found.push(
      ...differences(
        `movies of ${genre}, ${from} to ${to}`,
        grouped(shown, ['movie_id'], (rows) => [total(rows, 'ratings'), total(rows, 'rating_sum')]),
        await reader.query(sql`
          select movie_id, ${measures.genre_ratings}, ${measures.genre_rating_sum}
          from ${fctUserBehaviourGenres}
          where genre_name = ${lit(genre)} and rated_year between ${from} and ${to} and ${anyOf('movie_id', movies)}
          group by movie_id`),
      ),
    );
  }
  return found;
}
