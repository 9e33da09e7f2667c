import type { StoreRetry, SurveyProgress } from '@matinee/core';
import { formatCount, formatSeconds, plural } from '../output/numbers.js';

/** What is being waited for where the delivered files lie. */
export class StoreText {
  readonly #clock: () => number;
  #survey: SurveyProgress | undefined;
  #retry: StoreRetry | undefined;
  #since = 0;

  /** @param clock seconds since any one moment */
  constructor(clock: () => number) {
    this.#clock = clock;
  }

  survey(progress: SurveyProgress): void {
    if (!this.#survey) this.#since = this.#clock();
    this.#survey = progress;
    this.goesOn();
  }

  /** The delivery is known. */
  surveyed(): void {
    this.#survey = undefined;
    this.goesOn();
  }

  retry(retry: StoreRetry): void {
    this.#retry = retry;
  }

  /** Something has come: nobody waits any more. */
  goesOn(): void {
    this.#retry = undefined;
  }

  /** `looking at s3://shop/ml: 1,200 of 3,000 files (12.3s)`; undefined while nothing is waited for. */
  describe(): string | undefined {
    const texts = [this.#waiting(), this.#looking()].filter((text) => text !== undefined);
    return texts.length === 0 ? undefined : texts.join(', ');
  }

  #waiting(): string | undefined {
    if (!this.#retry) return undefined;
    const { store, attempt, attempts, reason } = this.#retry;
    return `waiting for ${store}, attempt ${attempt} of ${attempts} (${reason})`;
  }

  #looking(): string | undefined {
    if (!this.#survey) return undefined;
    const { place, objectsListed, filesDone, filesTotal } = this.#survey;
    const listed = objectsListed === undefined ? '' : `: ${plural(objectsListed, 'object')} listed`;
    const far =
      filesTotal === undefined ? listed : `: ${formatCount(filesDone)} of ${formatCount(filesTotal)} files`;
    return `looking at ${place}${far} (${formatSeconds(this.#clock() - this.#since)})`;
  }
}
