import type { StoredKind } from '../adapters/adapter.js';
import type { Relation } from '../nodes/relation.js';
import type { ProjectNode } from '../project/project.js';
import type { Namer } from './names.js';

/** Statements that put a table's candidate in the place of the published one. Run inside a transaction. */
export function publishTable(
  node: ProjectNode<Relation>,
  names: Namer,
  existing: StoredKind | undefined,
): readonly string[] {
  const drop = existing ? [`drop ${existing} ${names.published(node)}`] : [];
  return [...drop, `alter table ${names.candidate(node)} rename to ${names.quote(node.name)}`];
}

/**
 * Statements that publish a view: its candidate read candidates, the view itself reads what is published. Without a select
 * the view that is there stays.
 */
export function publishView(
  node: ProjectNode<Relation>,
  select: string | undefined,
  names: Namer,
  existing: StoredKind | undefined,
): readonly string[] {
  const drop = existing === 'table' ? [`drop table ${names.published(node)}`] : [];
  return [
    ...drop,
    `drop view if exists ${names.candidate(node)}`,
    ...(select === undefined ? [] : [`create or replace view ${names.published(node)} as\n${select}`]),
  ];
}
