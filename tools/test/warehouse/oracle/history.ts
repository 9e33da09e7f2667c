import type { Recommendation } from './recommendation.js';

/** One row of the snapshot. Builds are counted from 1; `to` is null while the row is open. */
export interface HistoryRow {
  readonly movie_id: number;
  readonly recommendation_category: string;
  readonly from: number;
  readonly to: number | null;
}

/** The history after one more build: changed and vanished movies are closed, changed and new ones opened. */
export function nextHistory(
  history: readonly HistoryRow[],
  recommended: readonly Recommendation[],
  build: number,
): HistoryRow[] {
  const current = new Map(recommended.map((row) => [row.movie_id, row.recommendation_category]));
  const kept = history.map((row) => {
    const isOpen = row.to === null;
    if (!isOpen) return row;
    if (current.get(row.movie_id) !== row.recommendation_category) return { ...row, to: build };
    current.delete(row.movie_id);
    return row;
  });
  const opened = Array.from(current, ([movie_id, recommendation_category]) => ({
    movie_id,
    recommendation_category,
    from: build,
    to: null,
  }));
  return [...kept, ...opened];
}
