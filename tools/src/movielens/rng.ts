const TWO_POW_32 = 4294967296;

/** Scrambles 32 bits so that neighbouring inputs give unrelated outputs (the finaliser of MurmurHash3). */
function scramble(value: number): number {
  let x = value | 0;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return x ^ (x >>> 16);
}

function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return scramble(hash);
}

/**
 * A deterministic random generator (sfc32). A generator belongs to a named stream of a seed, so that drawing more
 * numbers for one part of a set never changes another part; `at(index)` gives every item of a stream its own start,
 * so that one user's ratings can be made again without making all others'.
 */
export class Random {
  private readonly low: number;
  private readonly high: number;
  private a = 0;
  private b = 0;
  private c = 0;
  private counter = 0;

  /** @param seed a whole number from 0 to 2^53 - 1 */
  constructor(seed: number, stream: string) {
    const name = hashText(stream);
    this.low = scramble(((seed % TWO_POW_32) | 0) ^ name);
    this.high = scramble((Math.floor(seed / TWO_POW_32) | 0) + Math.imul(name, 0x9e3779b1));
    this.at(0);
  }

  /** Starts over at item `index` of the stream and returns itself. */
  at(index: number): this {
    this.a = this.low;
    this.b = this.high;
    this.c = scramble(index ^ 0x2545f491);
    this.counter = 1;
    for (let i = 0; i < 12; i++) this.uint32();
    return this;
  }

  /** A whole number from 0 to 2^32 - 1. */
  uint32(): number {
    const t = (((this.a + this.b) | 0) + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + t) | 0;
    return t >>> 0;
  }

  /** A number in [0, 1), in steps of 2^-32. */
  real(): number {
    return this.uint32() / TWO_POW_32;
  }

  /** A whole number from 0 to `bound` - 1. */
  below(bound: number): number {
    return Math.floor(this.real() * bound);
  }

  /** One of the items, each as likely as another. */
  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!;
  }
}

/** Puts the numbers into a random order, in place (Fisher-Yates). */
export function shuffle(random: Random, numbers: Int32Array): void {
  for (let i = numbers.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    const held = numbers[i]!;
    numbers[i] = numbers[j]!;
    numbers[j] = held;
  }
}
