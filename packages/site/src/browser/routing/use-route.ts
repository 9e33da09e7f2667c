import { useSyncExternalStore } from 'preact/compat';
import { formatHash, parseHash, type Route } from './hash.js';

let known: { readonly hash: string; readonly route: Route } | undefined;

/** Where the reader is; a component that uses it is drawn again when that changes. */
export function useRoute(): Route {
  return useSyncExternalStore(subscribe, currentRoute);
}

export function currentRoute(): Route {
  if (known?.hash !== location.hash) known = { hash: location.hash, route: parseHash(location.hash) };
  return known.route;
}

/** The address of a page of this site, for links. */
export function href(path: string, filters: Readonly<Record<string, string>> = {}): string {
  return formatHash({ path, filters });
}

/** Goes to a page. */
export function navigate(path: string, filters: Readonly<Record<string, string>> = {}): void {
  location.hash = href(path, filters);
}

/** Changes filters of this page; undefined takes one away. The way back leads past it, to the page before. */
export function setFilters(change: Readonly<Record<string, string | undefined>>): void {
  const { path, filters } = currentRoute();
  const entries = Object.entries({ ...filters, ...change }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  history.replaceState(null, '', formatHash({ path, filters: Object.fromEntries(entries) }));
  dispatchEvent(new HashChangeEvent('hashchange'));
}

function subscribe(listener: () => void): () => void {
  addEventListener('hashchange', listener);
  return () => removeEventListener('hashchange', listener);
}
