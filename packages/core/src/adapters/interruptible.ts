import { InterruptedError, StatementError } from '../errors.js';
import type { Session } from './adapter.js';

/** An interruption that comes before its statement has begun is lost. */
const AGAIN_MS = 100;

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
  let again: NodeJS.Timeout | undefined;
  const interrupt = () => {
    session.interrupt();
    again = setInterval(() => session.interrupt(), AGAIN_MS);
  };
  signal?.addEventListener('abort', interrupt);
  try {
    return await work();
  } catch (error) {
    const isInterrupted = error instanceof StatementError && error.code === 'STATEMENT_INTERRUPTED';
    throw signal?.aborted && isInterrupted ? new InterruptedError() : error;
  } finally {
    signal?.removeEventListener('abort', interrupt);
    clearInterval(again);
  }
}
