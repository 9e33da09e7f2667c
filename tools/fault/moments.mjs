/** When a build is killed. */
import { between, pickWeighted } from '../seeded/random.mjs';

/** Builds differ in length: a little beyond the usual end there are still some that go on. */
const BEYOND = 1.05;

/**
 * How moments are drawn, and how often: evenly over the whole length, or soon after an event. Events come thickest where
 * nodes are tested and published; after the last one the file is closed.
 */
const WEIGHTS = { length: 5, event: 4, end: 1 };

/**
 * @param {{ ms: number, events: number }} estimate of the build when it is let alone
 * @returns {{ ms: number, after?: (events: object[]) => boolean, name: string }} so many milliseconds after its start, or
 *   after its events are such
 */
export function drawMoment(random, estimate) {
  switch (pickWeighted(random, WEIGHTS)) {
    case 'event': {
      const count = between(random, 1, Math.ceil(estimate.events));
      const ms = between(random, 0, 15);
      return { ms, after: (events) => events.length >= count, name: `${ms} ms after event ${count}` };
    }
    case 'end': {
      const ms = between(random, 0, 60);
      return { ms, after: hasFinished, name: `${ms} ms after its last event` };
    }
    default: {
      const ms = random() * BEYOND * estimate.ms;
      return { ms, name: `${ms.toFixed(0)} ms after its start` };
    }
  }
}

function hasFinished(events) {
  return events.at(-1)?.type === 'run_finished';
}
