import type { Interrupts } from './context.js';

/** As a shell counts it: 128 and the number of the signal. Whoever asks for an end from outside may tell it from Ctrl-C. */
const EXIT_CODES = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/**
 * Listens to SIGINT, SIGTERM and SIGHUP, which comes when a terminal is closed, for the rest of the process's life. `nohup` is no
 * matter here: Node ends by SIGHUP under it too.
 */
export function createInterrupts(): Interrupts {
  const controller = new AbortController();
  let onFirst: (() => void) | undefined;
  let exitCode: number = EXIT_CODES.SIGINT;
  const interrupted = (signal: keyof typeof EXIT_CODES) => {
    if (!onFirst || controller.signal.aborted) process.exit(EXIT_CODES[signal]);
    exitCode = EXIT_CODES[signal];
    onFirst();
    controller.abort();
  };
  for (const signal of Object.keys(EXIT_CODES)) process.on(signal, interrupted);
  return {
    signal: controller.signal,
    get exitCode() {
      return exitCode;
    },
    catchFirst: (listener) => {
      onFirst = listener;
    },
  };
}
