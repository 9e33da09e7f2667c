import {
  integer,
  type Snapshot,
  type SnapshotStrategy,
  snapshot,
  sql,
  text,
  timestamp,
} from '../../src/index.js';
import { aSource } from './nodes.js';

const columns = { id: integer(), name: text(), changed_at: timestamp() };
export type FilmStrategy = SnapshotStrategy<keyof typeof columns>;

export const check: FilmStrategy = { type: 'check', columns: ['name'] };
export const byTime: FilmStrategy = { type: 'timestamp', updatedAt: 'changed_at' };

/** A snapshot of films by one strategy, and the source it reads. */
export function filmHistory(strategy: FilmStrategy): readonly [unknown, Snapshot] {
  const raw = aSource('raw_films', columns);
  const history = snapshot({
    name: 'film_history',
    description: '',
    columns,
    key: ['id'],
    strategy,
    query: sql`select id, name, changed_at from ${raw}`,
  });
  return [raw, history];
}
