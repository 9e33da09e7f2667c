import { rawSql, type Sql } from '../sql/fragment.js';
import { callerLocation, type SourceLocation } from '../sql/location.js';
import { type Columns, type KeyColumn, text, timestamp } from './column.js';
import { type GenericTest, unique } from './generic-test.js';
import { Relation, type RelationOptions } from './relation.js';

/** The columns a snapshot adds to those of its query. Times are those of the run's clock. */
export const historyColumns = {
  scd_id: text().describe('Identifies one version of one key.'),
  updated_at: timestamp().describe(
    'When this version was seen first, or its own time under the timestamp strategy.',
  ),
  valid_from: timestamp().describe('From when on this version was the current one.'),
  valid_to: timestamp().nullable().describe('Until when, exclusive; null while it is current.'),
};

export type HistoryColumns = typeof historyColumns;

/** How a snapshot sees that a row has changed: some columns differ, or a time column has moved on. */
export type SnapshotStrategy<Name extends string = string> =
  | { readonly type: 'check'; readonly columns: readonly Name[] }
  | { readonly type: 'timestamp'; readonly updatedAt: Name };

export interface SnapshotOptions<C extends Columns> extends Omit<RelationOptions<C>, 'key'> {
  /** The columns that identify a row of the query. */
  readonly key: readonly KeyColumn<C>[];
  readonly strategy: SnapshotStrategy<keyof C & string>;
  /** The current rows; its columns are the declared ones, without those of the history. */
  readonly query: Sql;
}

/** A history: every version of every key of a query, with the time it was valid. */
export class Snapshot<C extends Columns = Columns> extends Relation<C> {
  readonly kind = 'snapshot';
  readonly query: Sql;
  readonly strategy: SnapshotStrategy;
  /** The columns that identify a row of the query; the history itself is keyed by scd_id. */
  readonly naturalKey: readonly string[];
  /** The contract of the query. */
  readonly queryColumns: Columns;

  constructor(options: RelationOptions<C>, current: SnapshotOptions<Columns>, location?: SourceLocation) {
    super(options, location);
    this.query = current.query;
    this.strategy = current.strategy;
    this.naturalKey = current.key;
    this.queryColumns = current.columns;
  }
}

/** Declares a snapshot. A key that leaves the query has its open row closed; one that returns opens a new row. */
export function snapshot<const C extends Columns>(options: SnapshotOptions<C>): Snapshot<C & HistoryColumns> {
  const oneOpenRow: GenericTest = unique(options.key, {
    where: rawSql('valid_to is null'),
    name: `unique_open_${options.name}_${options.key.join('_')}`,
  });
  return new Snapshot<C & HistoryColumns>(
    {
      ...options,
      columns: { ...options.columns, ...historyColumns },
      key: ['scd_id'] as unknown as KeyColumn<C & HistoryColumns>[],
      tests: [oneOpenRow, ...(options.tests ?? [])],
    },
    options as unknown as SnapshotOptions<Columns>,
    callerLocation(snapshot),
  );
}
