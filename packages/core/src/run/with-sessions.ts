import type { Session, Warehouse } from '../adapters/adapter.js';
import { isInterruption } from '../adapters/interruption.js';
import { InterruptedError } from '../errors.js';
import { SessionPool } from './session-pool.js';

/** The sessions of a run. */
export interface RunSessions {
  readonly pool: SessionPool;
  /** For what is done before and after the work that runs side by side. */
  readonly session: Session;
  /** From now on an interruption stops no statement: what is left to do is to note how it went. */
  settle(): void;
}

/**
 * Does work with sessions that are closed in the end. When the signal aborts, their statements are interrupted.
 *
 * @throws InterruptedError if that made the work throw.
 */
export async function withSessions<T>(
  warehouse: Warehouse,
  signal: AbortSignal | undefined,
  work: (sessions: RunSessions) => Promise<T>,
): Promise<T> {
  const pool = new SessionPool(warehouse);
  const interrupt = () => pool.interrupt();
  const settle = () => signal?.removeEventListener('abort', interrupt);
  signal?.addEventListener('abort', interrupt);
  try {
    return await pool.use((session) => work({ pool, session, settle }));
  } catch (error) {
    throw signal?.aborted && isInterruption(error) ? new InterruptedError() : error;
  } finally {
    settle();
    await pool.close();
  }
}
