import { sql } from '@matinee/core';
import fc from 'fast-check';
import { intMovieRatingStats, intTagMovieLink } from '../../../../packages/models-content/src/index.js';
import { anyOf, type CubeReader, differences, someOf, total } from './cube-reader.js';

const FILTERS = 12;

const { rated_movies, movie_ratings, movie_average_rating } = intMovieRatingStats.measures;
const { tagged_movies } = intTagMovieLink.measures;

/** Choices of tags: each movie counts once, however many of them it has. */
export async function compareTags(reader: CubeReader): Promise<string[]> {
  const cube = await reader.rows('content.cube_tag_movies');
  const tags = [...new Set(cube.map((row) => Number(row.tag_id)))];
  if (tags.length === 0) return [];
  const found: string[] = [];
  for (const chosen of someOf(fc.subarray(tags, { minLength: 1 }), FILTERS)) {
    const rows = cube.filter((row) => chosen.includes(Number(row.tag_id)));
    const movies = [...new Map(rows.map((row) => [row.movie_id, row])).values()];
    const ratings = total(movies, 'rating_count');
    const stars = movies.reduce((sum, row) => sum + Number(row.avg_rating) * Number(row.rating_count), 0);
    const linked = sql`from ${intTagMovieLink} where ${anyOf('tag_id', chosen)}`;
    found.push(
      ...differences(
        `movies of the tags ${chosen.join(', ')}`,
        [[movies.length, movies.length, ratings, stars / ratings]],
        await reader.query(sql`
          select (select ${tagged_movies} ${linked}), ${rated_movies}, ${movie_ratings}, ${movie_average_rating}
          from ${intMovieRatingStats} where movie_id in (select movie_id ${linked})`),
      ),
    );
  }
  return found;
}
