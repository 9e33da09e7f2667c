import type { Interrupts } from './context.js';

const INTERRUPTED = 130;

/** Listens to SIGINT and SIGTERM for the rest of the process's life. */
export function createInterrupts(): Interrupts {
  const controller = new AbortController();
  let onFirst: (() => void) | undefined;
  const interrupted = () => {
    if (!onFirst || controller.signal.aborted) process.exit(INTERRUPTED);
    onFirst();
    controller.abort();
  };
  process.on('SIGINT', interrupted);
  process.on('SIGTERM', interrupted);
  return {
    signal: controller.signal,
    catchFirst: (listener) => {
      onFirst = listener;
    },
  };
}
