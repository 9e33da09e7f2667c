import type { Dag } from './dag.js';

/** Those of the names that no other of them is downstream of. */
export function heads(dag: Dag, names: readonly string[]): readonly string[] {
  return names.filter((name) => {
    const below = dag.reach(name, 'down');
    return !names.some((other) => other !== name && below.has(other));
  });
}
