import type { Session } from '../adapters/adapter.js';
import { NodeError } from '../errors.js';
import type { Relation } from '../nodes/relation.js';
import type { ProjectNode } from '../project/project.js';

const REPEAT_MS = 100;

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
  let isOver = false;
  const deadline = performance.now() + left * 1000;
  // Between two statements nothing hears an interruption, so it is repeated.
  const timer = setInterval(
    () => {
      if (performance.now() < deadline) return;
      isOver = true;
      session.interrupt();
    },
    Math.min(REPEAT_MS, left * 1000),
  );
  try {
    const result = await work();
    if (isOver) throw new Error('It came too late.');
    return result;
  } catch (error) {
    if (!isOver) throw error;
    throw new NodeError('NODE_TIMEOUT', `${node.name} took longer than ${limit} s and was stopped.`, {
      location: node.declaration.location,
      hint: "Raise the model's timeout or nodeTimeout in matinee.config.ts, or give the query less to do.",
      cause: error,
    });
  } finally {
    clearInterval(timer);
  }
}
