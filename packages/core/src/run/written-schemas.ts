import type { Dag } from '../graph/dag.js';
import { neededRelations } from '../plan/needed-relations.js';
import { isEphemeral } from '../project/render-query.js';
import { FEEDS_SCHEMA } from './feed-tables.js';

/** The schemas that a project's builds write to, without the target's prefix; the ledger's is not among them. */
export function writtenSchemas({ project }: Pick<Dag, 'project'>): ReadonlySet<string> {
  return new Set([...project.relations().map(({ schema }) => schema), FEEDS_SCHEMA]);
}

/**
 * Those of them that a plan for some nodes must look at.
 *
 * @param isDeferring whether another target may be read: then it counts in which of the two all that is behind them stands
 */
export function neededSchemas(
  dag: Dag,
  selected: ReadonlySet<string>,
  isDeferring: boolean,
): ReadonlySet<string> {
  const nearby = neededRelations(dag, selected);
  const behind = isDeferring ? [...nearby].flatMap((name) => [...dag.reach(name, 'up')]) : [];
  const needed = new Set([...nearby, ...behind]);
  return new Set([
    ...dag.project
      .relations()
      .filter((node) => needed.has(node.name) && !isEphemeral(node))
      .map(({ schema }) => schema),
    FEEDS_SCHEMA,
  ]);
}
