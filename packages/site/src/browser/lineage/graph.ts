/** Nodes by number, and who reads whom. */
export interface Graph {
  readonly size: number;
  /** What each node reads. */
  readonly inputs: readonly (readonly number[])[];
  /** What reads each node. */
  readonly outputs: readonly (readonly number[])[];
}

/** Edges with an end that is no node are left out, as are those of a node to itself and those told twice. */
export function toGraph(
  names: readonly string[],
  edges: readonly (readonly [from: string, to: string])[],
): Graph {
  const places = new Map(names.map((name, index) => [name, index]));
  const inputs = names.map((): number[] => []);
  const outputs = names.map((): number[] => []);
  for (const [fromName, toName] of edges) {
    const [from, to] = [places.get(fromName), places.get(toName)];
    if (from === undefined || to === undefined || from === to || outputs[from]!.includes(to)) continue;
    outputs[from]!.push(to);
    inputs[to]!.push(from);
  }
  return { size: names.length, inputs, outputs };
}
