import { InterruptedError } from '../errors.js';
import type { Session } from './adapter.js';
import { isInterruption, throwIfAborted } from './interruption.js';
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
  throwIfAborted(signal);
  let stop: (() => void) | undefined;
  const interrupt = () => {
    stop = keepInterrupting(session);
  };
  signal?.addEventListener('abort', interrupt);
  try {
    return await work();
  } catch (error) {
    throw signal?.aborted && isInterruption(error) ? new InterruptedError() : error;
  } finally {
    signal?.removeEventListener('abort', interrupt);
    stop?.();
  }
}
