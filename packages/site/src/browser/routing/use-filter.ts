import { useCallback, useMemo } from 'preact/hooks';
import type { Filter } from './filter.js';
import { setFilters, useRoute } from './use-route.js';

/**
 * A filter that stands in the page's address, so that a link keeps it.
 *
 * @param filter declared once, outside of the component
 */
export function useFilter<T>(name: string, filter: Filter<T>): readonly [value: T, set: (value: T) => void] {
  const text = useRoute().filters[name];
  const value = useMemo(() => filter.parse(text), [text, filter]);
  const set = useCallback((next: T) => setFilters({ [name]: filter.format(next) }), [name, filter]);
  return [value, set];
}
