import type { Graph } from './graph.js';

/** A graph whose edges go from one layer to the next: long ones are cut by stand-ins, which follow after the nodes. */
export interface Layered {
  /** Members by layer, top to bottom. */
  readonly layers: number[][];
  readonly layerOf: readonly number[];
  readonly before: readonly (readonly number[])[];
  readonly after: readonly (readonly number[])[];
  /** The members that the edge from one node to another passes: both ends and the stand-ins between. */
  readonly paths: readonly (readonly number[])[];
}

export function toLayers({ size, outputs }: Graph, rank: Int32Array): Layered {
  const layerOf = [...rank];
  const before: number[][] = Array.from({ length: size }, () => []);
  const after: number[][] = Array.from({ length: size }, () => []);
  const paths: number[][] = [];
  const link = (from: number, to: number) => {
    after[from]!.push(to);
    before[to]!.push(from);
  };
  for (let from = 0; from < size; from++) {
    for (const to of outputs[from]!) {
      const path = [from];
      for (let layer = rank[from]! + 1; layer < rank[to]!; layer++) {
        const standIn = layerOf.push(layer) - 1;
        before.push([]);
        after.push([]);
        link(path.at(-1)!, standIn);
        path.push(standIn);
      }
      link(path.at(-1)!, to);
      paths.push([...path, to]);
    }
  }
  const layers: number[][] = [];
  layerOf.forEach((layer, member) => {
    while (layers.length <= layer) layers.push([]);
    layers[layer]!.push(member);
  });
  return { layers, layerOf, before, after, paths };
}
