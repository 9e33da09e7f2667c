import { MatineeError, messageOf, NodeError, StatementError } from '../errors.js';
import type { Sql } from '../sql/fragment.js';
import type { Project, ProjectNode } from './project.js';
import type { RenderOptions } from './render-query.js';
import { traceToSource } from './trace.js';

/** A query that the engine refuses, told with the line of the model's file. */
export function queryError(
  project: Project,
  node: Pick<ProjectNode, 'name' | 'declaration'>,
  query: Sql,
  options: RenderOptions,
  error: unknown,
): MatineeError {
  if (!(error instanceof StatementError) || error.code !== 'STATEMENT_FAILED') return error as MatineeError;
  const traced =
    error.position === undefined ? undefined : traceToSource(project, query, options, error.position);
  return new NodeError('QUERY_FAILED', `${node.name}: ${error.message}`, {
    location: traced ?? query.location ?? node.declaration.location,
    hint: `matinee compile ${node.name} prints the SQL as it runs.`,
    cause: error,
  });
}

/** A statement around a node's query that fails as it runs: bad values, a division by zero and the like. */
export function statementError(node: Pick<ProjectNode, 'name' | 'declaration'>, error: unknown): unknown {
  if (!(error instanceof StatementError) || error.code !== 'STATEMENT_FAILED') return error;
  return new NodeError('NODE_FAILED', `${node.name}: ${error.message}`, {
    location: node.declaration.location,
    hint: `matinee compile ${node.name} prints the SQL as it runs.`,
    cause: error,
  });
}

/** Whatever else an engine refuses while a node is worked on, such as a lock that is not let go: told with the node. */
export function nodeError(
  { name, declaration }: Pick<ProjectNode, 'name' | 'declaration'>,
  error: unknown,
): MatineeError {
  if (error instanceof MatineeError && !(error instanceof StatementError)) return error;
  const { code, hint } = error instanceof StatementError ? error : { code: 'NODE_FAILED', hint: undefined };
  return new NodeError(code, `${name}: ${messageOf(error)}`, {
    location: declaration.location,
    hint,
    cause: error,
  });
}

export function contractError(
  node: Pick<ProjectNode, 'name' | 'declaration'>,
  differences: readonly string[],
): NodeError {
  return new NodeError(
    'CONTRACT',
    `${node.name}: its query breaks its contract: ${differences.join('; ')}.`,
    {
      location: node.declaration.location,
      hint: 'Change the columns or the query, so that both say the same.',
    },
  );
}
