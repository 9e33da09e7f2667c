import type { LoadProgress } from '@matinee/core';
import { formatSeconds } from '../output/numbers.js';

interface Running {
  readonly since: number;
  progress: string;
}

/** The nodes that are being built just now, how long already and, for files, how far. */
export class RunningNodes {
  readonly #nameOf: (node: string) => string;
  readonly #running = new Map<string, Running>();

  constructor(nameOf: (node: string) => string) {
    this.#nameOf = nameOf;
  }

  start(node: string): void {
    this.#running.set(node, { since: performance.now(), progress: '' });
  }

  progress({ source, bytesDone, bytesTotal }: LoadProgress): void {
    const running = this.#running.get(source);
    if (running && bytesTotal > 0) running.progress = ` ${Math.floor((bytesDone / bytesTotal) * 100)}%`;
  }

  finish(node: string): void {
    this.#running.delete(node);
  }

  /** `audience.int_x (3.20s), raw.raw_ratings 40% (1.10s)`; empty while nothing runs. */
  describe(): string {
    const now = performance.now();
    return [...this.#running]
      .map(
        ([node, { since, progress }]) =>
          `${this.#nameOf(node)}${progress} (${formatSeconds((now - since) / 1000)})`,
      )
      .join(', ');
  }
}
