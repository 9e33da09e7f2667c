import { useEffect, useState } from 'preact/hooks';
import type { Docs } from '../../contract/docs.js';
import { loadJson } from '../data/load-file.js';
import { type DocsIndex, indexDocs } from './docs-index.js';

let loading: Promise<DocsIndex> | undefined;

/** The project's documentation, read when it is first asked for. */
export function loadDocs(): Promise<DocsIndex> {
  loading ??= loadJson<Docs>('docs.json').then(indexDocs);
  loading.catch(() => {
    loading = undefined;
  });
  return loading;
}

export function useDocs(): { readonly docs?: DocsIndex; readonly error?: unknown } {
  const [state, setState] = useState<{ docs?: DocsIndex; error?: unknown }>({});
  useEffect(() => {
    loadDocs().then(
      (docs) => setState({ docs }),
      (error: unknown) => setState({ error }),
    );
  }, []);
  return state;
}
