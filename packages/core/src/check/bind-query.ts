import type { DescribedColumn, Session } from '../adapters/adapter.js';
import type { Columns } from '../nodes/column.js';
import type { Project, ProjectNode } from '../project/project.js';
import { contractError, queryError } from '../project/query-error.js';
import { type RenderOptions, renderQuery } from '../project/render-query.js';
import type { Sql } from '../sql/fragment.js';
import { contractDifferences } from './contract.js';
import { isRebuiltFrom, refuseVolatile } from './volatile.js';

/** A query of a node, as it runs. */
export interface NodeQuery {
  readonly project: Project;
  readonly node: ProjectNode;
  readonly query: Sql;
  /** The contract that it is to keep, if there is one. */
  readonly columns: Columns | undefined;
  readonly options: RenderOptions;
}

export interface BoundQuery {
  readonly text: string;
  /** What it would return. */
  readonly described: readonly DescribedColumn[];
}

/**
 * Prepares a query, and compares what it would return with its contract.
 *
 * @throws NodeError QUERY_FAILED, with the line of the node's file, or CONTRACT; ProjectError VOLATILE.
 */
export async function bindQuery(
  session: Session,
  { project, node, query, columns, options }: NodeQuery,
): Promise<BoundQuery> {
  const { text } = renderQuery(project, query, options);
  if (isRebuiltFrom(node.declaration)) refuseVolatile(node, text);
  const described = await session.describe(text).catch((error: unknown) => {
    throw queryError(project, node, query, options, error);
  });
  const differences = columns ? contractDifferences(columns, described) : [];
  if (differences.length > 0) throw contractError(node, differences);
  return { text, described };
}
