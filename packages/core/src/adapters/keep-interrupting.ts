import type { Session } from './adapter.js';

/**
 * Interrupts what a session runs, now and from now on: between two statements, or before one has begun, nothing hears an
 * interruption.
 *
 * @param again milliseconds
 * @returns ends that.
 */
export function keepInterrupting(session: Session, again = 100): () => void {
  session.interrupt();
  const timer = setInterval(() => session.interrupt(), again);
  return () => clearInterval(timer);
}
