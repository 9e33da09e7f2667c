import { useEffect, useState } from 'preact/hooks';
import { useFacts } from './facts.js';
import type { Table } from './table.js';
import { loadTable } from './tables.js';

/**
 * A table that a page can begin without: undefined while it is on its way.
 *
 * @param name a node that the page's dashboard reads
 * @throws what went wrong with it, for the frame around the page to show
 */
export function useTable(name: string): Table | undefined {
  const facts = useFacts();
  const [state, setState] = useState<{ readonly table?: Table; readonly error?: unknown }>({});
  useEffect(() => {
    let isCurrent = true;
    // After the next frame, so that what is there already is drawn before more is read.
    const frame = requestAnimationFrame(() =>
      setTimeout(() =>
        loadTable(facts, name)
          .then((table) => isCurrent && setState({ table }))
          .catch((error: unknown) => isCurrent && setState({ error })),
      ),
    );
    return () => {
      isCurrent = false;
      cancelAnimationFrame(frame);
    };
  }, [facts, name]);
  if (state.error) throw state.error;
  return state.table;
}
