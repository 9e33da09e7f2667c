/** Random numbers that a seed decides. Every iteration has a stream of its own, so that none depends on timings before it. */

/**
 * @param {...number} seeds
 * @returns {() => number} the next number in [0, 1); mulberry32
 */
export function randomOf(...seeds) {
  let state = seeds.reduce((mixed, seed) => Math.imul(mixed ^ seed, 0x9e3779b1) ^ (mixed >>> 15), 0x2545f491);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A whole number in [from, to]. */
export function between(random, from, to) {
  return from + Math.floor(random() * (to - from + 1));
}

export function pick(random, values) {
  return values[Math.floor(random() * values.length)];
}

/** One of the keys of an object of weights. */
export function pickWeighted(random, weights) {
  const entries = Object.entries(weights);
  let rest = random() * entries.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [name, weight] of entries) {
    rest -= weight;
    if (rest < 0) return name;
  }
  return entries.at(-1)[0];
}
