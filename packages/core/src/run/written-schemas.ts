import type { Dag } from '../graph/dag.js';
import { FEEDS_SCHEMA } from './feed-tables.js';

/** The schemas that a project's builds write to, without the target's prefix; the ledger's is not among them. */
export function writtenSchemas({ project }: Pick<Dag, 'project'>): ReadonlySet<string> {
  return new Set([...project.relations().map(({ schema }) => schema), FEEDS_SCHEMA]);
}
