import type { Copy, RunEvent, RunResult } from '@matinee/core';

/** Shows a run as it goes. */
export interface Reporter {
  event(event: RunEvent): void;
  /** The first SIGINT came. */
  interrupting(): void;
  /** The run is over, well or not. */
  finish(result: RunResult): Promise<void>;
  /** A copy for readers is on its way to `path`. */
  copying(path: string): void;
  /** The copy stands at `path`. */
  copied(path: string, copy: Copy): void;
  /** Nothing more comes, not even after an error. */
  close(): void;
}
