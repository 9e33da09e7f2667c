import { InterruptedError, StatementError } from '../errors.js';
import type { Session } from './adapter.js';
import { keepInterrupting } from './keep-interrupting.js';

/**
 * Does work whose statements are interrupted when the signal aborts, until it has ended.
 *
 * @throws InterruptedError if that made the work throw, or if it was too late to begin.
 */
export async function interruptible<T>(
  session: Session,
  signal: AbortSignal | undefined,
  work: () => Promise<T>,
): Promise<T> {
  if (signal?.aborted) throw new InterruptedError();
  let stop: (() => void) | undefined;
  const interrupt = () => {
    stop = keepInterrupting(session);
  };
  signal?.addEventListener('abort', interrupt);
  try {
    return await work();
  } catch (error) {
    const isInterrupted = error instanceof StatementError && error.code === 'STATEMENT_INTERRUPTED';
    throw signal?.aborted && isInterrupted ? new InterruptedError() : error;
  } finally {
    signal?.removeEventListener('abort', interrupt);
    stop?.();
  }
}
