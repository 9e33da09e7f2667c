import type { ExpectedTable } from './table.js';

/** The cube over it, also without rows: `cubes/history.ts` compares it with the snapshot. */
export const historyCube: Omit<ExpectedTable, 'rows'> = {
  schema: 'recommendation',
  name: 'cube_recommendation_history',
  kind: 'table',
  columns: {
    recommendation_category: 'text',
    valid_from: 'timestamp',
    movies_added: 'int',
    movies_removed: 'int',
    movies: 'int',
  },
};

/** The snapshot without its rows: they carry times of the builds' clocks and are compared as a history. */
export const snapshotTable: Omit<ExpectedTable, 'rows'> = {
  schema: 'snapshots',
  name: 'movie_recommendations_snapshot',
  kind: 'table',
  columns: {
    movie_id: 'int',
    recommendation_category: 'text',
    scd_id: 'text',
    updated_at: 'timestamp',
    valid_from: 'timestamp',
    valid_to: 'timestamp',
  },
};
