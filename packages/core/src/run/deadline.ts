import type { Session } from '../adapters/adapter.js';
import { keepInterrupting } from '../adapters/keep-interrupting.js';
import { NodeError } from '../errors.js';
import type { Relation } from '../nodes/relation.js';
import type { ProjectNode } from '../project/project.js';

/** Node's timers take no more: 24 days. */
const LONGEST_MS = 2 ** 31 - 1;

/**
 * Runs work that may take `left` of a node's `limit` seconds; then the session's statement is interrupted until the work
 * ends.
 *
 * @throws NodeError NODE_TIMEOUT in place of whatever the interrupted work throws.
 */
export async function withDeadline<T>(
  node: ProjectNode<Relation>,
  limit: number | undefined,
  left: number | undefined,
  session: Session,
  work: () => Promise<T>,
): Promise<T> {
  if (left === undefined) return work();
  let stop: (() => void) | undefined;
  const end = () => {
    stop = keepInterrupting(session);
  };
  const timer = setTimeout(end, Math.min(left * 1000, LONGEST_MS));
  try {
    const result = await work();
    if (stop) throw new Error('It came too late.');
    return result;
  } catch (error) {
    if (!stop) throw error;
    throw new NodeError('NODE_TIMEOUT', `${node.name} took longer than ${limit} s and was stopped.`, {
      location: node.declaration.location,
      hint: "Raise the model's timeout or nodeTimeout in matinee.config.ts, or give the query less to do.",
      cause: error,
    });
  } finally {
    clearTimeout(timer);
    stop?.();
  }
}
