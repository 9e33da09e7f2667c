import type { LoadProgress } from '@matinee/core';
import { formatSeconds } from '../output/numbers.js';
import { LoadText } from './load-text.js';

interface Running {
  readonly node: string;
  /** Seconds on the clock. */
  since: number;
  /** Of a source, once it is at work. */
  load: LoadText | undefined;
  readonly isSource: boolean;
}

/** The nodes that are being built just now, how long already and, for sources, how far. */
export class RunningNodes {
  readonly #nameOf: (node: string) => string;
  readonly #clock: () => number;
  readonly #running = new Map<string, Running>();
  #lastLoaded: string | undefined;

  /** @param clock seconds since any one moment */
  constructor(nameOf: (node: string) => string, clock: () => number) {
    this.#nameOf = nameOf;
    this.#clock = clock;
  }

  start(node: string, materialized: string): void {
    const isSource = materialized === 'source';
    this.#running.set(node, { node, since: this.#clock(), load: undefined, isSource });
  }

  progress(progress: LoadProgress): void {
    const running = this.#running.get(progress.source);
    if (!running) return;
    const now = this.#clock();
    if (!running.load) {
      // Sources begin together, but are loaded one after the other.
      running.since = now;
      running.load = new LoadText();
    }
    running.load.reach(progress, now);
    this.#lastLoaded = progress.source;
  }

  finish(node: string): void {
    this.#running.delete(node);
  }

  /** `audience.int_x (3.20s), raw.raw_ratings 40% of 542 MB, 48 MB/s, 8s left`; empty while nothing runs. */
  describe(): string {
    const now = this.#clock();
    return this.#atWork()
      .map(({ node, since, load }) => {
        const name = load && !load.isDone ? `${this.#nameOf(node)} ${load.share()}` : this.#nameOf(node);
        const pace = load?.isDone ? undefined : load?.pace(now);
        return pace === undefined ? `${name} (${formatSeconds(now - since)})` : `${name}, ${pace}`;
      })
      .join(', ');
  }

  /** Without the sources that wait for others to be loaded, or that are done while others are loaded. */
  #atWork(): readonly Running[] {
    const running = [...this.#running.values()];
    const sources = running.filter(({ isSource }) => isSource);
    const isOver = sources.every(({ load }) => load?.isDone);
    if (isOver || sources.every(({ load }) => load === undefined)) return running;
    const loading = sources.filter(({ load }) => load && !load.isDone);
    const shown = loading.length > 0 ? loading : sources.filter(({ node }) => node === this.#lastLoaded);
    return running.filter((one) => !one.isSource || shown.includes(one));
  }
}
