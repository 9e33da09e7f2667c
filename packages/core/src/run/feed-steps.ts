import type { Session } from '../adapters/adapter.js';
import type { Namer } from '../materialize/names.js';
import type { WarehouseState } from '../plan/state.js';
import { LEDGER_SCHEMA } from './ledger-tables.js';

/** One step of a feed: how a relation's rows came from one version to the next. */
export interface FeedStep {
  readonly node: string;
  readonly fromVersion: string;
  readonly toVersion: string;
  readonly changes: number;
  /** The columns whose values it has, with their types: `user_id int`. */
  readonly tracked: readonly string[];
}

/** The ledger's table of steps, quoted. */
export function feedLedger(names: Namer): string {
  return names.inSchema(LEDGER_SCHEMA, 'change_feeds');
}

/** The steps that are published; none where nothing was ever built. */
export async function readFeedSteps(
  session: Session,
  names: Namer,
  { stored }: WarehouseState,
): Promise<readonly FeedStep[]> {
  if (!stored.has(`${names.schema(LEDGER_SCHEMA)}.change_feeds`.toLowerCase())) return [];
  const rows = await session.query(
    `select node, from_version, to_version, changes, tracked from ${feedLedger(names)}`,
  );
  return rows.map((row) => ({
    node: String(row.node),
    fromVersion: String(row.from_version),
    toVersion: String(row.to_version),
    changes: Number(row.changes),
    tracked: JSON.parse(String(row.tracked)),
  }));
}
