import { randomUUID } from 'node:crypto';
import type { Session } from '../adapters/adapter.js';
import { interruptible } from '../adapters/interruptible.js';
import { isInterruption } from '../adapters/interruption.js';
import { bindQuery } from '../check/bind-query.js';
import { ErrorList, MatineeError, UsageError } from '../errors.js';
import { selectNodes } from '../graph/selection.js';
import { contractSelect } from '../materialize/contract-select.js';
import type { Namer } from '../materialize/names.js';
import type { IncrementalStrategy } from '../nodes/materialization.js';
import type { Model } from '../nodes/model.js';
import type { Relation } from '../nodes/relation.js';
import { buildPlan } from '../plan/build-plan.js';
import { allStages } from '../plan/plan.js';
import { storedKind, type WarehouseState } from '../plan/state.js';
import type { ProjectNode } from '../project/project.js';
import { statementError } from '../project/query-error.js';
import { incrementalOf } from '../project/render-query.js';
import { Ledger } from './ledger.js';
import type { RunOptions } from './run-options.js';
import { compareTables, isDifferent, type TableDifference } from './table-difference.js';
import { targetNames } from './target-names.js';
import { withSessions } from './with-sessions.js';
import { writtenSchemas } from './written-schemas.js';

/** How a published incremental table compares with its full refresh: left is what is published. */
export interface VerifiedNode {
  readonly node: string;
  readonly strategy: IncrementalStrategy;
  readonly rows: number;
  readonly seconds: number;
  /** Whether it is what its code and its published inputs make of it; if not, it may differ for that reason alone. */
  readonly isCurrent: boolean;
  /** Undefined if the full refresh could not be computed, or not be compared. */
  readonly difference: TableDifference | undefined;
  /** Why not. */
  readonly error: MatineeError | undefined;
}

/** Whether a table was compared, and holds what its full refresh does. */
export function equalsRefresh({ difference }: VerifiedNode): boolean {
  return difference !== undefined && !isDifferent(difference);
}

/**
 * Computes the full refresh of the selected incremental models beside what is published and compares the two, in build
 * order. Nothing that is published is changed, and a read-only warehouse will do. A model that cannot be computed keeps
 * no other from being compared.
 *
 * @throws UsageError NOT_INCREMENTAL if no published incremental model is selected; InterruptedError; StatementError
 *   WAREHOUSE_DISK_FULL, for then the others would fail as well.
 */
export function verify(
  options: RunOptions,
  onVerified: (verified: VerifiedNode) => void = () => undefined,
): Promise<readonly VerifiedNode[]> {
  const { dag, warehouse, signal } = options;
  return withSessions(warehouse, signal, async ({ session }) => {
    const names = targetNames(options);
    const state = await new Ledger(session, names).readState({ schemas: writtenSchemas(dag) });
    const nodes = dag
      .inOrder(selectNodes(dag, options.select, options.exclude))
      .map((name) => dag.project.get(name))
      .filter((node): node is ProjectNode<Model> => incrementalOf(node) !== undefined)
      .filter((node) => storedKind(state, names, node));
    if (nodes.length === 0)
      throw new UsageError('NOT_INCREMENTAL', 'No published incremental model is selected.', {
        hint: 'matinee ls lists all nodes; build them first with: matinee build.',
      });
    const results: VerifiedNode[] = [];
    for (const node of nodes) {
      const verify = () => verifyNode({ options, names, state, session }, node);
      const verified = await interruptible(session, signal, verify);
      results.push(verified);
      onVerified(verified);
    }
    return results;
  });
}

interface Verification {
  readonly options: RunOptions;
  readonly names: Namer;
  readonly state: WarehouseState;
  readonly session: Session;
}

async function verifyNode(verification: Verification, node: ProjectNode<Model>): Promise<VerifiedNode> {
  const started = performance.now();
  const { isCurrent, objection } = planAlone(verification, node);
  const outcome = await differenceToRefresh(verification, node).then(
    (difference) => ({ difference, error: undefined }),
    (error: unknown) => {
      const failure = failureOf(node, error);
      return { difference: undefined, error: objection ?? failure };
    },
  );
  return {
    node: node.name,
    strategy: incrementalOf(node)?.strategy ?? 'refresh',
    rows: verification.state.versions.get(node.name)?.rows ?? 0,
    seconds: (performance.now() - started) / 1000,
    isCurrent,
    ...outcome,
  };
}

/** Whether a build of this model alone would leave it as it is, or what it would object to: that explains failures best. */
function planAlone(
  { options: { dag, variables = {} }, names, state }: Verification,
  { name }: ProjectNode,
): { readonly isCurrent: boolean; readonly objection?: MatineeError | undefined } {
  const [selected, runId] = [new Set([name]), randomUUID()];
  try {
    const plan = buildPlan({ dag, selected, state, names, variables, runId, withoutTests: true });
    return {
      isCurrent: allStages(plan).some(({ node, action }) => node.name === name && action === 'reuse'),
    };
  } catch (error) {
    if (!(error instanceof MatineeError)) throw error;
    return { isCurrent: false, objection: error instanceof ErrorList ? error.errors[0] : error };
  }
}

async function differenceToRefresh(
  { options: { dag, variables = {} }, names, session }: Verification,
  node: ProjectNode<Model>,
): Promise<TableDifference> {
  const { project } = dag;
  const { dialect } = names;
  const { query, columns, key } = node.declaration;
  const relationName = (input: ProjectNode<Relation>) => names.published(input);
  const options = { dialect, variables, relationName, self: names.published(node) };
  const { text } = await bindQuery(session, { project, node, query, columns, options });
  const refreshed = names.quote(`${node.name}__refreshed`);
  await session.execute(`create temporary table ${refreshed} as\n${contractSelect(text, columns, dialect)}`);
  try {
    const left = names.published(node);
    return await compareTables(session, { left, right: refreshed, columns, key, dialect });
  } finally {
    await session.execute(`drop table if exists ${refreshed}`).catch(() => undefined);
  }
}

/** @throws what concerns more than one model: an interruption, a full disk, a bug. */
function failureOf(node: ProjectNode, error: unknown): MatineeError {
  const failure = statementError(node, error);
  const isOwn = failure instanceof MatineeError && failure.code !== 'WAREHOUSE_DISK_FULL';
  if (!isOwn || isInterruption(failure)) throw failure;
  return failure;
}
