/** So long a look back makes neither a single burst nor what was long ago the rate of now. */
const WINDOW_SECONDS = 10;
/** Less time says nothing. */
const LEAST_SECONDS = 1;
/** Samples nearer to each other than this count as one, so that there are few. */
const STEP_SECONDS = 0.1;

interface Sample {
  readonly at: number;
  readonly amount: number;
}

/** How fast an amount has grown of late. Times are seconds on any one clock. */
export class MovingRate {
  readonly #samples: Sample[] = [];

  /** The amount stands at so much now. */
  add(amount: number, at: number): void {
    const [before, latest] = this.#samples.slice(-2);
    if (before && latest && latest.at - before.at < STEP_SECONDS) this.#samples.pop();
    this.#samples.push({ amount, at });
    this.#forget(at);
  }

  /** Per second; undefined while nothing is known, and where nothing has come within the window. */
  at(now: number): number | undefined {
    this.#forget(now);
    const first = this.#samples[0];
    const last = this.#samples.at(-1);
    if (!first || !last || now - first.at < LEAST_SECONDS || last.amount <= first.amount) return undefined;
    return (last.amount - first.amount) / (now - first.at);
  }

  /** The last sample before the window is where the window begins. */
  #forget(now: number): void {
    const begin = this.#samples.findLastIndex(({ at }) => at <= now - WINDOW_SECONDS);
    if (begin > 0) this.#samples.splice(0, begin);
  }
}
