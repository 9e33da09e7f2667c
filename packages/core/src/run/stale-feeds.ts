import type { Session, StoredKind } from '../adapters/adapter.js';
import type { Dag } from '../graph/dag.js';
import type { Namer } from '../materialize/names.js';
import type { WarehouseState } from '../plan/state.js';
import { formatLiteral } from '../sql/literal.js';
import { type FeedStep, feedLedger } from './feed-steps.js';
import {
  FEEDS_SCHEMA,
  feedTableName,
  isFeedWanted,
  relationOfFeed,
  typedTrackedColumns,
} from './feed-tables.js';

/** Changes of rows that nothing maps any more, or not by these columns. Nobody will ever read them. */
export interface StaleFeed {
  /** The relation whose changes they are; the project may not have it any more. */
  readonly node: string;
  /** The table that holds them, as it is stored, unquoted. */
  readonly schema: string;
  readonly name: string;
  /** Undefined if the table is gone, and only the ledger speaks of it. */
  readonly kind: StoredKind | undefined;
  /** Those that the ledger has. */
  readonly steps: readonly FeedStep[];
}

/** The feeds of a target, in tables and in the ledger, that its project does not want. */
export function findStaleFeeds(
  names: Namer,
  dag: Dag,
  { stored }: WarehouseState,
  steps: readonly FeedStep[],
): readonly StaleFeed[] {
  const wanted = new Set(
    dag.project
      .relations()
      .filter((node) => isFeedWanted(dag, node))
      .map((node) => feedTableName(node.name, typedTrackedColumns(dag, node)).toLowerCase()),
  );
  const schema = names.schema(FEEDS_SCHEMA);
  const start = `${schema}.`.toLowerCase();
  const tables = [...stored.keys()]
    .filter((table) => table.startsWith(start))
    .map((table) => table.slice(start.length));
  const tableOf = ({ node, tracked }: FeedStep) => feedTableName(node, tracked).toLowerCase();
  return [...new Set([...tables, ...steps.map(tableOf)])].sort().flatMap((name): StaleFeed[] => {
    const noted = steps.filter((step) => tableOf(step) === name);
    const node = noted[0]?.node ?? relationOfFeed(name);
    if (node === undefined || wanted.has(name)) return [];
    return [{ node, schema, name, kind: stored.get(start + name), steps: noted }];
  });
}

/** Drops what the ledger notes of them, and then their tables: without notes nobody reads these. */
export async function dropStaleFeeds(
  session: Session,
  names: Namer,
  feeds: readonly StaleFeed[],
): Promise<void> {
  const literal = (text: string) => formatLiteral(text, names.dialect);
  for (const { node, name, kind, steps } of feeds) {
    const versions = steps.map(({ toVersion }) => literal(toVersion)).join(', ');
    if (steps.length > 0)
      await session.execute(
        `delete from ${feedLedger(names)} where node = ${literal(node)} and to_version in (${versions})`,
      );
    if (kind) await session.execute(`drop ${kind} if exists ${names.inSchema(FEEDS_SCHEMA, name)}`);
  }
}
