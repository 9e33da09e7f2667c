import type { Graph } from './graph.js';

/**
 * The column that each node stands in: one past the furthest of what it reads. What is read from afar alone is then moved up to
 * its first reader, so that its line is short.
 */
export function rankNodes({ size, inputs, outputs }: Graph): Int32Array {
  const rank = new Int32Array(size);
  const waiting = Int32Array.from(inputs, (list) => list.length);
  const order = [...waiting.keys()].filter((node) => waiting[node] === 0);
  for (let at = 0; at < order.length; at++) {
    const node = order[at]!;
    for (const next of outputs[node]!) {
      rank[next] = Math.max(rank[next]!, rank[node]! + 1);
      if (--waiting[next]! === 0) order.push(next);
    }
  }
  for (const node of order.toReversed()) {
    const readers = outputs[node]!;
    if (readers.length > 0) rank[node] = Math.min(...readers.map((reader) => rank[reader]!)) - 1;
  }
  return rank;
}
