import { TAGS_SINCE } from './calendar.js';
import type { MovieLensModel } from './model.js';
import { normalQuantile } from './normal.js';
import { Random, shuffle } from './rng.js';
import { MAX_TAGS_PER_RATING } from './scale.js';
import { shareOut } from './share-out.js';

/** A user (by index) who applies tags, and how many. */
export interface Tagger {
  readonly user: number;
  readonly tags: number;
}

/** In the published sets, 58 of 610 and 7,801 of 138,493 users apply tags. */
const ONE_USER_IN = 14;
const SPREAD = 1.4;

/** Users in random order, those who start once there are tags before the others. */
function candidates(random: Random, starts: Int32Array): Int32Array {
  const order = Int32Array.from(starts, (_, i) => i);
  shuffle(random, order);
  const late = order.filter((user) => starts[user]! >= TAGS_SINCE);
  const early = order.filter((user) => starts[user]! < TAGS_SINCE);
  return Int32Array.from([...late, ...early]);
}

/**
 * The users who tag, by rising index, with at least one tag each and as many as the set has in all; the more someone
 * rates, the more he or she tends to tag. Few enough users are taken that tags come in long-tailed numbers, and enough
 * that nobody needs more than MAX_TAGS_PER_RATING tags per rating.
 */
export function chooseTaggers({ seed, counts, users }: MovieLensModel): Tagger[] {
  const random = new Random(seed, 'taggers');
  const wanted = Math.min(counts.tags, Math.ceil(counts.users / ONE_USER_IN));
  const chosen: number[] = [];
  let room = 0;
  for (const user of candidates(random, users.starts)) {
    if (chosen.length >= counts.tags || (chosen.length >= wanted && room >= 2 * counts.tags)) break;
    chosen.push(user);
    room += users.ratings[user]! * MAX_TAGS_PER_RATING;
  }
  chosen.sort((a, b) => a - b);
  const caps = Int32Array.from(chosen, (user) => users.ratings[user]! * MAX_TAGS_PER_RATING);
  const weights = Float64Array.from(chosen, (user) => {
    const luck = normalQuantile((random.uint32() + 0.5) / 4294967296);
    return users.ratings[user]! * Math.exp(SPREAD * luck);
  });
  const shares = shareOut(counts.tags, weights, { floor: 1, caps });
  return chosen.map((user, i) => ({ user, tags: shares[i]! }));
}
