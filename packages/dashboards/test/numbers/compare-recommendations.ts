import { sql } from '@matinee/core';
import { fctMovieRecommendations, movieRecommendationsSnapshot } from '@matinee/models-recommendation';
import fc from 'fast-check';
import {
  anyOf,
  type CubeReader,
  differences,
  someOf,
} from '../../../../tools/test/warehouse/cubes/cube-reader.js';
import { categoryGenres } from '../../src/numbers/category-genres.js';
import { categoryTotals, totalsByCategory } from '../../src/numbers/category-totals.js';
import { recommendationHistory } from '../../src/numbers/recommendation-history.js';
import { chosenMovies, recommendedMovies } from '../../src/numbers/recommended-movies.js';
import type { Cubes } from '../support/read-site.js';

const CATEGORIES = ['evergreen', 'fading', 'rising_star'];
const { measures } = fctMovieRecommendations;
const totals = sql`
  ${measures.recommended_movies}, coalesce(${measures.recommended_ratings}, 0), ${measures.recommended_average_rating},
  ${measures.average_of_movies}`;

/** Every number of the page about recommendations, for choices of categories. */
export async function compareRecommendations(cubes: Cubes, reader: CubeReader): Promise<string[]> {
  const found: string[] = [];
  const all = recommendedMovies(cubes('fct_movie_recommendations'));
  for (const choice of someOf(fc.subarray(CATEGORIES), 8)) {
    const place = choice.join(', ') || 'all categories';
    const movies = chosenMovies(all, choice);
    const sums = categoryTotals(movies);
    const byCategory = totalsByCategory(movies);
    const chosen = anyOf('recommendation_category', choice.length === 0 ? CATEGORIES : choice);
    const of = sql`from ${fctMovieRecommendations} where ${chosen}`;
    found.push(
      ...differences(
        `headline numbers of ${place}`,
        [[sums.movies, sums.ratings, sums.average, sums.averageOfMovies, byCategory.length]],
        await reader.query(sql`select ${totals}, ${measures.recommended_categories} ${of}`),
      ),
      ...differences(
        `categories of ${place}`,
        byCategory.map(({ category, movies: count, ratings, average, averageOfMovies }) => [
          category,
          count,
          ratings,
          average,
          averageOfMovies,
        ]),
        await reader.query(sql`select recommendation_category, ${totals} ${of} group by 1`),
      ),
      ...differences(
        `genres of ${place}`,
        categoryGenres(movies).flatMap(({ genre, movies: count, byCategory: counts }) =>
          [...counts].map(([category, number]) => [genre, category, number, count]),
        ),
        await reader.query(sql`
          with genres as (
            select recommendation_category, unnest(string_split(genres_string, ', ')) as genre ${of}
          )
          select genre, recommendation_category, count(*), sum(count(*)) over (partition by genre)
          from genres group by genre, recommendation_category`),
      ),
      ...differences(
        `movies of ${place}`,
        movies.map((movie) => [
          movie.id,
          movie.title,
          movie.genres.join(', '),
          movie.category,
          movie.ratings,
          movie.average,
        ]),
        await reader.query(sql`
          select movie_id, title, genres_string, recommendation_category, rating_count, avg_rating ${of}`),
      ),
      ...differences(
        `history of ${place}`,
        recommendationHistory(cubes('cube_recommendation_history'), choice).map((change) => [
          change.category,
          change.at,
          change.added,
          change.removed,
          change.movies,
        ]),
        await reader.query(sql`
          with times as (
            select recommendation_category, valid_from as changed_at from ${movieRecommendationsSnapshot}
            union
            select recommendation_category, valid_to from ${movieRecommendationsSnapshot} where valid_to is not null
          )
          select
            recommendation_category,
            epoch_ms(changed_at),
            count(*) filter (valid_from = changed_at),
            count(*) filter (valid_to = changed_at),
            count(*) filter (valid_from <= changed_at and (valid_to is null or valid_to > changed_at))
          from times
          join ${movieRecommendationsSnapshot} using (recommendation_category)
          where ${chosen}
          group by recommendation_category, changed_at`),
      ),
    );
  }
  return found;
}
