import type { DeliveredFile, LoadProgress } from '@matinee/core';

/** Reports how far a file is, in delivered bytes and never backwards, though it may be passed over more than once. */
export class FileProgress {
  readonly #file: DeliveredFile;
  readonly #report: ((progress: LoadProgress) => void) | undefined;
  #done = -1;

  constructor(file: DeliveredFile, report: ((progress: LoadProgress) => void) | undefined) {
    this.#file = file;
    this.#report = report;
  }

  /** The share that was reported last, or 0. */
  get share(): number {
    return this.#file.bytes === 0 ? 0 : Math.max(this.#done, 0) / this.#file.bytes;
  }

  /** @param share of the file that is done, from 0 to 1 */
  reach(share: number): void {
    const { source, path, bytes } = this.#file;
    const done = Math.round(Math.min(share, 1) * bytes);
    if (done <= this.#done) return;
    this.#done = done;
    this.#report?.({ source, file: path, bytesDone: done, bytesTotal: bytes });
  }
}
