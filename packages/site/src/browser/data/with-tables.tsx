import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Problem } from '../parts/problem.js';
import { Skeleton } from '../parts/skeleton.js';
import { useFacts } from './facts.js';
import type { Table } from './table.js';
import { loadTable } from './tables.js';

interface WithTablesProps<Name extends string> {
  /** Names of nodes that the page's dashboard reads. */
  readonly of: readonly Name[];
  readonly children: (tables: Readonly<Record<Name, Table>>) => ComponentChildren;
}

/** Draws its child once the tables are there; until then that they are on their way, or what went wrong. */
export function WithTables<Name extends string>({ of, children }: WithTablesProps<Name>) {
  const facts = useFacts();
  const [state, setState] = useState<{ tables?: Readonly<Record<Name, Table>>; error?: unknown }>({});
  const names = of.join(' ');
  useEffect(() => {
    let isCurrent = true;
    const set = (next: typeof state) => {
      if (isCurrent) setState(next);
    };
    Promise.all(of.map(async (name) => [name, await loadTable(facts, name)] as const))
      .then((pairs) => set({ tables: Object.fromEntries(pairs) as Record<Name, Table> }))
      .catch((error: unknown) => set({ error }));
    return () => {
      isCurrent = false;
    };
  }, [facts, names]);
  if (state.error) return <Problem error={state.error} />;
  return state.tables ? children(state.tables) : <Skeleton />;
}
