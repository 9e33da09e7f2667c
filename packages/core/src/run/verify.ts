import { randomUUID } from 'node:crypto';
import type { Session, WarehouseRow } from '../adapters/adapter.js';
import { UsageError } from '../errors.js';
import {
  type ComparedTables,
  countDifferences,
  otherColumns,
  sampleDifferences,
} from '../materialize/compare-tables.js';
import { contractSelect } from '../materialize/contract-select.js';
import type { Namer } from '../materialize/names.js';
import { Model } from '../nodes/model.js';
import type { Relation } from '../nodes/relation.js';
import { allStages } from '../plan/plan.js';
import { storedKind } from '../plan/state.js';
import type { ProjectNode } from '../project/project.js';
import { renderQuery } from '../project/render-query.js';
import { throwIfAborted } from './interruption.js';
import { preparePlan } from './prepare-plan.js';
import type { RunOptions } from './run-options.js';
import { withSessions } from './with-sessions.js';

const SAMPLES = 5;

/** How two tables differ. */
export interface TableDifference {
  readonly onlyLeft: number;
  readonly onlyRight: number;
  /** Rows of the same key with other values. */
  readonly differing: number;
  /** In how many of those each column differs; only columns that do. */
  readonly columns: Readonly<Record<string, number>>;
  /** Some of the rows: the key, `side` (`left`, `right`, `both`), and each column on both sides. */
  readonly samples: readonly WarehouseRow[];
}

/** How a published incremental table compares with its full refresh: left is what is published. */
export interface VerifiedNode {
  readonly node: string;
  readonly rows: number;
  readonly seconds: number;
  /** Whether the next build would leave it as it is; if not, it may differ for that reason alone. */
  readonly isCurrent: boolean;
  readonly difference: TableDifference;
}

export function isDifferent({ onlyLeft, onlyRight, differing }: TableDifference): boolean {
  return onlyLeft + onlyRight + differing > 0;
}

/**
 * Computes the full refresh of the selected incremental models beside what is published and compares the two. Nothing that
 * is published is changed, and a read-only warehouse will do.
 *
 * @throws UsageError NOT_INCREMENTAL if no published incremental model is selected.
 */
export function verify(
  options: RunOptions,
  onVerified: (verified: VerifiedNode) => void = () => undefined,
): Promise<readonly VerifiedNode[]> {
  const { dag, signal } = options;
  return withSessions(options.warehouse, signal, async ({ session }) => {
    const kinds = ['model'] as const;
    const { plan, names, state } = await preparePlan({ ...options, kinds }, session, randomUUID());
    const stages = allStages(plan).filter(
      ({ node }) => isIncremental(node) && storedKind(state, names, node),
    );
    if (stages.length === 0)
      throw new UsageError('NOT_INCREMENTAL', 'No published incremental model is selected.', {
        hint: 'matinee ls lists all nodes; build them first with: matinee build.',
      });
    const results: VerifiedNode[] = [];
    for (const { node, action } of stages) {
      throwIfAborted(signal);
      const started = performance.now();
      const difference = await differenceToRefresh(options, node, names, session);
      const verified: VerifiedNode = {
        node: node.name,
        rows: state.versions.get(node.name)?.rows ?? 0,
        seconds: (performance.now() - started) / 1000,
        isCurrent: action === 'reuse',
        difference,
      };
      results.push(verified);
      onVerified(verified);
    }
    return dag
      .inOrder(results.map(({ node }) => node))
      .flatMap((name) => results.filter(({ node }) => node === name));
  });
}

/** Counts and shows how two tables differ. */
export async function compareTables(session: Session, tables: ComparedTables): Promise<TableDifference> {
  const [row] = await session.query(countDifferences(tables));
  const columns = tables.key.length === 0 ? [] : otherColumns(tables);
  const counts = columns.map((column, index) => [column, Number(row?.[`differs_${index}`] ?? 0)] as const);
  const difference = {
    onlyLeft: Number(row?.only_left ?? 0),
    onlyRight: Number(row?.only_right ?? 0),
    differing: Number(row?.differing ?? 0),
    columns: Object.fromEntries(counts.filter(([, count]) => count > 0)),
    samples: [],
  };
  return isDifferent(difference)
    ? { ...difference, samples: await session.query(sampleDifferences(tables, SAMPLES)) }
    : difference;
}

async function differenceToRefresh(
  { dag, variables = {} }: RunOptions,
  node: ProjectNode<Relation>,
  names: Namer,
  session: Session,
): Promise<TableDifference> {
  const { query, columns, key } = node.declaration as Model;
  const { text } = renderQuery(dag.project, query, {
    dialect: names.dialect,
    variables,
    relationName: (input) => names.published(input),
  });
  const refreshed = names.quote(`${node.name}__refreshed`);
  await session.execute(
    `create temporary table ${refreshed} as\n${contractSelect(text, columns, names.dialect)}`,
  );
  try {
    return await compareTables(session, {
      left: names.published(node),
      right: refreshed,
      columns,
      key,
      dialect: names.dialect,
    });
  } finally {
    await session.execute(`drop table if exists ${refreshed}`).catch(() => undefined);
  }
}

function isIncremental({ declaration }: ProjectNode<Relation>): boolean {
  return declaration instanceof Model && declaration.materialized.type === 'incremental';
}
