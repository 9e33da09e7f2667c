import { useSyncExternalStore } from 'preact/compat';
import { formatHash, parseHash, type Route } from './hash.js';

/** So long after a filter the address follows: browsers take it amiss if it changes more than a hundred times in half a minute. */
const ADDRESS_DELAY_MS = 400;

/** The route, and the address that it was read from, which is behind while a change of filters is not written yet. */
let known: { readonly address: string; readonly route: Route } | undefined;
let writing: ReturnType<typeof setTimeout> | undefined;

/** Where the reader is; a component that uses it is drawn again when that changes. */
export function useRoute(): Route {
  return useSyncExternalStore(subscribe, currentRoute);
}

export function currentRoute(): Route {
  if (known?.address !== location.hash) {
    dropChange();
    known = { address: location.hash, route: parseHash(location.hash) };
  }
  return known.route;
}

/** The address of a page of this site, for links. */
export function href(path: string, filters: Readonly<Record<string, string>> = {}): string {
  return formatHash({ path, filters });
}

/** Goes to a page. */
export function navigate(path: string, filters: Readonly<Record<string, string>> = {}): void {
  writeAddress();
  location.hash = href(path, filters);
}

/** Changes filters of this page; undefined takes one away. The way back leads past it, to the page before. */
export function setFilters(change: Readonly<Record<string, string | undefined>>): void {
  const { path, filters } = currentRoute();
  const entries = Object.entries({ ...filters, ...change }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  known = { address: location.hash, route: { path, filters: Object.fromEntries(entries) } };
  writing ??= setTimeout(writeAddress, ADDRESS_DELAY_MS);
  dispatchEvent(new HashChangeEvent('hashchange'));
}

/** Has the address say what the filters are. */
function writeAddress(): void {
  const route = currentRoute();
  if (writing === undefined) return;
  dropChange();
  history.replaceState(null, '', formatHash(route));
  known = { address: location.hash, route };
}

function dropChange(): void {
  clearTimeout(writing);
  writing = undefined;
}

// The way back to a page that is left, or loaded again, leads to its filters.
addEventListener('pagehide', writeAddress);
addEventListener(
  'click',
  ({ target }) => target instanceof Element && target.closest('a') && writeAddress(),
  true,
);

function subscribe(listener: () => void): () => void {
  addEventListener('hashchange', listener);
  return () => removeEventListener('hashchange', listener);
}
