/** How often it is looked at the clock within the time that counts as a standstill. */
const LOOKS = 4;

/** Tells whether this process has stood still: it was stopped, or its machine has slept. */
export class Standstill {
  readonly #limit: number;
  readonly #timer: NodeJS.Timeout;
  #lookedAt = Date.now();
  #hasStood = false;

  /** @param seconds for which it has to stand still, to count */
  constructor(seconds: number) {
    this.#limit = seconds * 1000;
    this.#timer = setInterval(() => this.#look(), this.#limit / LOOKS);
    this.#timer.unref();
  }

  /** Whether it has since this was made. */
  get hasStood(): boolean {
    this.#look();
    return this.#hasStood;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** The clock of the wall, which goes on while a machine sleeps. */
  #look(): void {
    const now = Date.now();
    if (now - this.#lookedAt > this.#limit) this.#hasStood = true;
    this.#lookedAt = now;
  }
}
