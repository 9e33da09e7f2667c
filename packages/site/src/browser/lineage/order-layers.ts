import type { Layered } from './layers.js';

/** How often the layers are gone through, there and back. */
const SWEEPS = 12;

/**
 * Orders each layer by the mean place of its members' neighbours, there and back, and keeps the order with the fewest crossings.
 *
 * @returns how many edges were looked at, a measure of the work
 */
export function orderLayers(layered: Layered): number {
  const { layers, before, after } = layered;
  const place = new Float64Array(layered.layerOf.length);
  const note = (layer: readonly number[]) =>
    layer.forEach((member, index) => {
      place[member] = index;
    });
  layers.forEach(note);
  let work = 0;
  let best = layers.map((layer) => [...layer]);
  let fewest = Number.POSITIVE_INFINITY;
  for (let sweep = 0; sweep < SWEEPS && fewest > 0; sweep++) {
    const isForth = sweep % 2 === 0;
    const neighbours = isForth ? before : after;
    const order = isForth ? layers : layers.toReversed();
    for (const layer of order) {
      const mean = new Map<number, number>();
      for (const member of layer) {
        const near = neighbours[member]!;
        work += near.length + 1;
        // Who has no neighbours there stays where it is.
        mean.set(
          member,
          near.length === 0
            ? place[member]!
            : near.reduce((sum, other) => sum + place[other]!, 0) / near.length,
        );
      }
      layer.sort((a, b) => mean.get(a)! - mean.get(b)! || place[a]! - place[b]!);
      note(layer);
    }
    const crossings = countCrossings(layered, place);
    work += crossings.work;
    if (crossings.count < fewest) {
      fewest = crossings.count;
      best = layers.map((layer) => [...layer]);
    }
  }
  best.forEach((layer, index) => {
    layers[index] = layer;
  });
  return work;
}

/** Crossings between neighbouring layers: pairs of edges whose ends stand in opposite order, counted with a tree of sums. */
export function countCrossings(
  { layers, after }: Pick<Layered, 'layers' | 'after'>,
  place: Float64Array,
): { readonly count: number; readonly work: number } {
  let count = 0;
  let work = 0;
  layers.forEach((layer, index) => {
    const width = layers[index + 1]?.length ?? 0;
    if (width === 0) return;
    const tree = new Int32Array(width + 1);
    let seen = 0;
    for (const member of layer) {
      const targets = after[member]!.map((to) => place[to]!);
      for (const target of targets) {
        let atMost = 0;
        for (let at = target + 1; at > 0; at -= at & -at, work++) atMost += tree[at]!;
        count += seen - atMost;
      }
      for (const target of targets) {
        for (let at = target + 1; at <= width; at += at & -at, work++) tree[at]!++;
        seen++;
      }
    }
  });
  return { count, work };
}
