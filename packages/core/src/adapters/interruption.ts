import { InterruptedError, StatementError } from '../errors.js';

/** Whether an error is what an interruption looks like from inside the work that it stopped. */
export function isInterruption(error: unknown): boolean {
  return (
    error instanceof InterruptedError ||
    (error instanceof StatementError && error.code === 'STATEMENT_INTERRUPTED')
  );
}

/** An interruption stops the statement that runs; between two statements it must be asked for. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new InterruptedError();
}
