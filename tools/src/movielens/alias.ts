import type { Random } from './rng.js';

/** Draws index i with probability weights[i] / sum(weights), in constant time (Walker's alias method). */
export class AliasTable {
  private readonly keep: Float64Array;
  private readonly other: Int32Array;

  /** @param weights one or more numbers >= 0, not all 0 */
  constructor(weights: Float64Array) {
    const size = weights.length;
    let total = 0;
    for (const weight of weights) total += weight;
    this.keep = new Float64Array(size);
    this.other = new Int32Array(size);
    const small: number[] = [];
    const large: number[] = [];
    for (let i = 0; i < size; i++) {
      this.keep[i] = (weights[i]! * size) / total;
      this.other[i] = i;
      (this.keep[i]! < 1 ? small : large).push(i);
    }
    while (small.length > 0 && large.length > 0) {
      const poor = small.pop()!;
      const rich = large[large.length - 1]!;
      this.other[poor] = rich;
      this.keep[rich] = this.keep[rich]! + this.keep[poor]! - 1;
      if (this.keep[rich]! < 1) small.push(large.pop()!);
    }
    // What rounding leaves over keeps its own index.
    for (const i of [...small, ...large]) this.keep[i] = 1;
  }

  draw(random: Random): number {
    const x = random.real() * this.keep.length;
    const i = Math.floor(x);
    return x - i < this.keep[i]! ? i : this.other[i]!;
  }
}
