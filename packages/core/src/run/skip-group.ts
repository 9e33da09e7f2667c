import type { Dag } from '../graph/dag.js';
import type { GroupStage } from '../plan/plan.js';
import { countOutcomes } from '../testing/judge.js';
import type { RunContext } from './run-context.js';
import type { SkipCause } from './scheduler.js';

/** Notes that the nodes of a group were not built, and on whose account. */
export function skipGroup(
  { finished, signal }: RunContext,
  group: GroupStage,
  dag: Dag,
  cause: SkipCause,
  failed: ReadonlySet<string>,
): void {
  const needed = new Set(group.nodes.flatMap(({ node }) => [...dag.reach(node.name, 'up')]));
  const upstream = [...failed].filter((name) => needed.has(name));
  const culprits = dag.inOrder(upstream.length > 0 ? upstream : failed);
  const reason = signal?.aborted
    ? 'the run was interrupted'
    : cause === 'stopped'
      ? 'something failed before, and the run was to stop then'
      : `it or what it is published with needs ${culprits.join(', ')}, which failed`;
  for (const stage of group.nodes) {
    finished(stage, {
      status: 'skipped',
      rows: undefined,
      action: undefined,
      increment: undefined,
      rowsChanged: undefined,
      seconds: 0,
      reason,
      error: undefined,
      load: undefined,
      tests: countOutcomes([]),
    });
  }
}
