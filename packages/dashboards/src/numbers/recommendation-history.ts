import type { Cube } from './cube.js';

export interface RecommendationChange {
  /** Milliseconds since 1970 UTC. */
  readonly at: number;
  readonly category: string;
  readonly added: number;
  readonly removed: number;
  /** Movies of the category from then on. */
  readonly movies: number;
}

/** What builds changed in some categories, or in all if none is named; the newest first. @param cube `cube_recommendation_history` */
export function recommendationHistory(
  cube: Cube,
  chosen: readonly string[],
): readonly RecommendationChange[] {
  const { codes, values } = cube.texts('recommendation_category');
  const [times, added, removed, movies] = [
    cube.numbers('valid_from'),
    cube.numbers('movies_added'),
    cube.numbers('movies_removed'),
    cube.numbers('movies'),
  ];
  const changes = Array.from(times, (at, row) => ({
    at,
    category: values[codes[row] as number] ?? '',
    added: added[row] as number,
    removed: removed[row] as number,
    movies: movies[row] as number,
  }));
  return changes
    .filter(({ category }) => chosen.length === 0 || chosen.includes(category))
    .sort((a, b) => b.at - a.at || (a.category < b.category ? -1 : 1));
}
