import type { Session } from '../adapters/adapter.js';
import { StatementError, WarehouseError } from '../errors.js';
import type { Namer } from '../materialize/names.js';
import type { Relation } from '../nodes/relation.js';
import type { ProjectNode } from '../project/project.js';

/**
 * Why the rows of a node cannot be read: it was never built (NODE_NOT_BUILT); or it was, from other code, or what it stands on is gone
 * (NODE_UNREADABLE). Errors that are no fault of a statement stay as they are.
 */
export async function readError(
  error: unknown,
  session: Session,
  names: Namer,
  node: ProjectNode<Relation>,
): Promise<unknown> {
  if (!(error instanceof StatementError) || error.code !== 'STATEMENT_FAILED') return error;
  const there = await session.relations([names.schema(node.schema)]);
  const isThere = there.some(({ name }) => name === node.name);
  const more = {
    location: node.declaration.location,
    hint: `Build it first: matinee build --select '+${node.name}'.`,
    cause: error,
  };
  return isThere
    ? new WarehouseError('NODE_UNREADABLE', `'${node.name}' cannot be read: ${error.message}`, more)
    : new WarehouseError('NODE_NOT_BUILT', `'${node.name}' was never built.`, more);
}
