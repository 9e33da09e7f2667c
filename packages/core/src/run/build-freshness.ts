import type { Session } from '../adapters/adapter.js';
import { MatineeError } from '../errors.js';
import type { Namer } from '../materialize/names.js';
import { allStages, type Plan } from '../plan/plan.js';
import { isRelationNode } from '../project/project.js';
import { checkFreshness, type SourceFreshness } from './freshness.js';
import type { Ledger } from './ledger.js';
import type { BuildOptions } from './run-options.js';

/** A build as it ends. */
export interface EndingBuild {
  readonly options: BuildOptions;
  readonly plan: Plan;
  readonly names: Namer;
  readonly session: Session;
  readonly ledger: Ledger;
}

/**
 * How old the sources are that are built here, or read by what is. Those of the target that is deferred to are that one's
 * business, and an empty build has nothing that could be old. Nothing is written, and nothing fails by it.
 */
export async function freshnessOfBuild({
  options,
  plan,
  names,
  session,
  ledger,
}: EndingBuild): Promise<readonly SourceFreshness[]> {
  const { dag, clock = () => new Date(), onEvent, signal } = options;
  if (signal?.aborted || plan.limit?.type === 'empty') return [];
  const built = allStages(plan).map(({ node }) => node.name);
  const behind = new Set(built.flatMap((name) => [name, ...dag.reach(name, 'up')]));
  const nodes = dag.inOrder(behind).map((name) => dag.project.get(name));
  const own = nodes.filter((node) => !(isRelationNode(node) && plan.published.isDeferred(node)));
  try {
    const results = await checkFreshness(session, names, own, clock(), ledger);
    for (const result of results) onEvent?.({ type: 'freshness', ...result });
    return results;
  } catch (error) {
    // A full disk, or a column that is of another type in what is published: the build is done all the same.
    if (!(error instanceof MatineeError)) throw error;
    onEvent?.({
      type: 'warning',
      code: 'FRESHNESS_UNKNOWN',
      message: `How fresh the sources are cannot be told: ${error.message}`,
    });
    return [];
  }
}
