import type { Session } from './adapter.js';

const AGAIN_MS = 100;

/**
 * Interrupts what a session runs, now and from now on: between two statements, or before one has begun, nothing hears an
 * interruption.
 *
 * @returns ends that.
 */
export function keepInterrupting(session: Session): () => void {
  session.interrupt();
  const timer = setInterval(() => session.interrupt(), AGAIN_MS);
  return () => clearInterval(timer);
}
