import type { Dag } from '../graph/dag.js';
import { mappedColumns } from '../graph/mappings.js';
import type { Relation } from '../nodes/relation.js';
import { hashOf } from '../plan/hash.js';
import type { ProjectNode } from '../project/project.js';

/** The schema that holds the changes of rows, behind the target's prefix. */
export const FEEDS_SCHEMA = '_matinee_feeds';

/** Whether something maps the relation, so that its changes are to be written down. */
export function isFeedWanted(dag: Dag, { declaration }: ProjectNode<Relation>): boolean {
  return declaration.key.length > 0 && mappedColumns(dag, declaration) !== undefined;
}

/** The columns whose values are written down. */
export function trackedColumns(dag: Dag, { declaration }: ProjectNode<Relation>): readonly string[] {
  return [...new Set([...declaration.key, ...(mappedColumns(dag, declaration) ?? [])])];
}

/** The same with their types, as the ledger has them: `user_id int`. */
export function typedTrackedColumns(dag: Dag, node: ProjectNode<Relation>): readonly string[] {
  return trackedColumns(dag, node).map((column) => `${column} ${node.declaration.columns[column]?.type}`);
}

/** Another table for other columns: changes that were written down with fewer are of no use. */
export function feedTableName(node: string, typedColumns: readonly string[]): string {
  return `${node}__${hashOf(typedColumns).slice(0, 8)}`;
}

/** The relation whose changes a table of this name holds; undefined if it is no feed's name. */
export function relationOfFeed(table: string): string | undefined {
  return /^(.+)__[0-9a-f]{8}$/.exec(table)?.[1];
}
