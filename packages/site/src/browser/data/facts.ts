import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { SiteFacts } from '../../contract/site-facts.js';

export const FactsContext = createContext<SiteFacts | undefined>(undefined);

/** What the site knows of its project: title, target, last run, tests, tables. */
export function useFacts(): SiteFacts {
  const facts = useContext(FactsContext);
  if (!facts) throw new Error('useFacts is used outside of a page.');
  return facts;
}
