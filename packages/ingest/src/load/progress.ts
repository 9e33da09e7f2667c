import type { DeliveredFile, LoadProgress, SourceTarget } from '@matinee/core';

/** Reports how far the sources of a load are, never backwards, though their files may be passed over more than once. */
export class LoadMeter {
  readonly #sources: ReadonlyMap<string, SourceMeter>;
  readonly #report: (progress: LoadProgress) => void;

  constructor(targets: readonly SourceTarget[], report: (progress: LoadProgress) => void = () => undefined) {
    this.#sources = new Map(targets.map(({ source, files }) => [source.name, new SourceMeter(files)]));
    this.#report = report;
  }

  /** The share of a file that has been reached, from 0 to 1. */
  shareOf({ source, path }: DeliveredFile): number {
    return this.#sources.get(source)?.shares.get(path) ?? 0;
  }

  /** @param share of the file that is done, from 0 to 1 */
  reach(file: DeliveredFile, share: number): void {
    const progress = this.#sources.get(file.source)?.reach(file, share);
    if (progress) this.#report(progress);
  }
}

class SourceMeter {
  /** Of what is done, by path. */
  readonly shares = new Map<string, number>();
  readonly #total: number;
  #done = 0;
  #reported = -1;

  constructor(files: readonly DeliveredFile[]) {
    this.#total = files.reduce((total, { bytes }) => total + bytes, 0);
  }

  /** @returns what there is to report, if anything. */
  reach({ source, path, bytes }: DeliveredFile, share: number): LoadProgress | undefined {
    const before = this.shares.get(path) ?? 0;
    const now = Math.min(Math.max(share, before), 1);
    this.shares.set(path, now);
    this.#done += Math.round(now * bytes) - Math.round(before * bytes);
    if (this.#done <= this.#reported) return undefined;
    this.#reported = this.#done;
    return { source, file: path, bytesDone: this.#done, bytesTotal: this.#total };
  }
}
