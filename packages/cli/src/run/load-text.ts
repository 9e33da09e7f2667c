import type { LoadProgress } from '@matinee/core';
import { MovingRate } from '../output/moving-rate.js';
import { formatAge, formatRoughBytes } from '../output/numbers.js';

/** How far the loading of one source is, how fast it goes and when it will be done. Times are seconds on any one clock. */
export class LoadText {
  readonly #rate = new MovingRate();
  #done = 0;
  #total = 0;

  reach({ bytesDone, bytesTotal }: LoadProgress, now: number): void {
    this.#done = bytesDone;
    this.#total = bytesTotal;
    this.#rate.add(bytesDone, now);
  }

  /** Whether all bytes are done; what is left, such as looking for repeated keys, is not counted in bytes. */
  get isDone(): boolean {
    return this.#done >= this.#total;
  }

  /** `31% of 542 MB` */
  share(): string {
    const percent = Math.floor((this.#done / Math.max(this.#total, 1)) * 100);
    return `${percent}% of ${formatRoughBytes(this.#total)}`;
  }

  /** `48 MB/s, 8s left`; undefined before there is a rate, and where nothing has come for a while. */
  pace(now: number): string | undefined {
    const rate = this.#rate.at(now);
    if (rate === undefined) return undefined;
    return `${formatRoughBytes(rate)}/s, ${formatAge(Math.ceil((this.#total - this.#done) / rate))} left`;
  }
}
