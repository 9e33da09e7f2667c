import type { Layered } from './layers.js';

/** How often members are drawn towards their neighbours. */
const ROUNDS = 16;
/** How much a stand-in insists on a straight line, against 1 of a node. */
const STRAIGHT = 6;

/**
 * The middle of each member from top to bottom: drawn towards its neighbours, in the order of its layer, nothing overlapping.
 *
 * @param heights of members; @param gap between them
 */
export function placeMembers(
  layered: Layered,
  heights: readonly number[],
  nodes: number,
  gap: number,
): Float64Array {
  const { layers, before, after } = layered;
  const middle = new Float64Array(heights.length);
  for (const layer of layers) {
    let top = 0;
    for (const member of layer) {
      middle[member] = top + heights[member]! / 2;
      top += heights[member]! + gap;
    }
  }
  const weight = (member: number) => (member >= nodes ? STRAIGHT : 1);
  for (let round = 0; round < ROUNDS; round++) {
    const isForth = round % 2 === 0;
    for (const layer of isForth ? layers : layers.toReversed()) {
      const wanted = layer.map((member) => {
        const near = (isForth ? before : after)[member]!;
        const all = near.length > 0 ? near : (isForth ? after : before)[member]!;
        if (all.length === 0) return middle[member]!;
        let [sum, weights] = [0, 0];
        for (const other of all) {
          sum += middle[other]! * weight(other);
          weights += weight(other);
        }
        return sum / weights;
      });
      const placed = keepApart(
        wanted,
        layer.map((member) => heights[member]!),
        layer.map(weight),
        gap,
      );
      layer.forEach((member, index) => {
        middle[member] = placed[index]!;
      });
    }
  }
  return middle;
}

/**
 * The places nearest to the wanted ones (least squares) that keep the order and the distances: neighbours that would overlap are
 * put together into blocks, and each block stands at the mean of its wishes.
 */
export function keepApart(
  wanted: readonly number[],
  heights: readonly number[],
  weights: readonly number[],
  gap: number,
): readonly number[] {
  const offsets: number[] = [];
  heights.forEach((height, index) => {
    offsets.push(index === 0 ? 0 : offsets[index - 1]! + (heights[index - 1]! + height) / 2 + gap);
  });
  const blocks: { first: number; mean: number; weight: number }[] = [];
  wanted.forEach((place, index) => {
    let block = { first: index, mean: place - offsets[index]!, weight: weights[index]! };
    while (blocks.length > 0 && blocks.at(-1)!.mean > block.mean) {
      const above = blocks.pop()!;
      const weight = above.weight + block.weight;
      const mean = (above.mean * above.weight + block.mean * block.weight) / weight;
      block = { first: above.first, mean, weight };
    }
    blocks.push(block);
  });
  return blocks.flatMap(({ first, mean }, index) => {
    const end = blocks[index + 1]?.first ?? wanted.length;
    return offsets.slice(first, end).map((offset) => mean + offset);
  });
}
