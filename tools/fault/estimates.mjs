/**
 * How long builds take and how many events they print, by what changed before them. Learnt from builds that came to their
 * end; what was not seen yet is guessed from the longest build there is and the shortest.
 */
export class Estimates {
  #full;
  #shortest;
  #known = new Map();

  /**
   * @param {{ seconds: number, events: object[] }} full a build from nothing
   * @param {{ seconds: number, events: object[] }} shortest a build that has nothing to do
   */
  constructor(full, shortest) {
    this.#full = figures(full);
    this.#shortest = figures(shortest);
  }

  learn(change, build) {
    const known = this.#known.get(change);
    this.#known.set(change, known ? middle(known, figures(build)) : figures(build));
  }

  of(change) {
    return this.#known.get(change) ?? (FULL.has(change) ? this.#full : middle(this.#full, this.#shortest));
  }
}

/** Changes after which everything is built. */
const FULL = new Set(['new file', 'full refresh']);

function figures({ seconds, events }) {
  return { ms: seconds * 1000, events: events.length };
}

function middle(one, other) {
  return { ms: (one.ms + other.ms) / 2, events: (one.events + other.events) / 2 };
}
