import type { StoredKind } from '../adapters/adapter.js';
import type { Relation } from '../nodes/relation.js';
import type { ProjectNode } from '../project/project.js';
import { viewHeader } from './comment.js';
import type { Namer } from './names.js';

/**
 * A step of a publication on engines whose DDL commits by itself: a relation that takes its published name. It can be taken
 * back, and it can be told from outside whether it was made.
 */
export interface Move {
  readonly statement: string;
  /** Takes it back. Undefined for a view that takes a view's place: then it is the definition that stands there before. */
  readonly undo: string | undefined;
  /**
   * It was made if this relation is there, or is there with the publication's mark in its comment. Undefined: statement and
   * `undo` may be run once more.
   */
  readonly evidence: Evidence | undefined;
  /** Quoted: the view that it replaces. */
  readonly replacesView?: string;
}

export interface Evidence {
  /** `schema.name` in lower case, prefix included. */
  readonly relation: string;
  readonly isMarked: boolean;
}

/** Puts a table's candidate in the place of what is published. What stood there comes to stand under a candidate's name. */
export function moveTable(
  node: ProjectNode<Relation>,
  names: Namer,
  existing: StoredKind | undefined,
): readonly Move[] {
  const [published, candidate] = [names.published(node), names.candidate(node)];
  const evidence = { relation: storedName(node, names, node.name), isMarked: true };
  if (existing === 'table') {
    const swap = `alter table ${candidate} swap with ${published}`;
    return [{ statement: swap, undo: swap, evidence }];
  }
  return [
    ...(existing ? [moveAway(node, names, existing)] : []),
    {
      statement: `alter table ${candidate} rename to ${published}`,
      undo: `alter table ${published} rename to ${candidate}`,
      evidence,
    },
  ];
}

/** Defines a view under its published name. */
export function moveView(
  node: ProjectNode<Relation>,
  select: string,
  names: Namer,
  existing: StoredKind | undefined,
): readonly Move[] {
  const published = names.published(node);
  const statement = createDescribedView(node, select, names);
  if (existing === 'view')
    return [{ statement, undo: undefined, evidence: undefined, replacesView: published }];
  return [
    ...(existing ? [moveAway(node, names, existing)] : []),
    { statement, undo: `drop view if exists ${published}`, evidence: undefined },
  ];
}

/** The statement that defines a view under its published name, descriptions included. */
export function createDescribedView(node: ProjectNode<Relation>, select: string, names: Namer): string {
  const header = viewHeader(node.declaration, names.dialect);
  return `create or replace view ${names.published(node)} ${header} as\n${select}`;
}

/** What stands in the way under the published name, of another kind. */
function moveAway(node: ProjectNode<Relation>, names: Namer, kind: StoredKind): Move {
  const [published, old] = [names.published(node), names.helper(node, OLD)];
  return {
    statement: `alter ${kind} ${published} rename to ${old}`,
    undo: `alter ${kind} ${old} rename to ${published}`,
    evidence: { relation: storedName(node, names, names.helperName(node, OLD)), isMarked: false },
  };
}

/** Statements that drop what the moves have put aside. */
export function dropReplaced(
  node: ProjectNode<Relation>,
  names: Namer,
  existing: StoredKind | undefined,
  becomes: StoredKind,
): readonly string[] {
  const candidate = `drop ${becomes} if exists ${names.candidate(node)}`;
  if (existing === undefined || existing === becomes) return [candidate];
  return [candidate, `drop ${existing} if exists ${names.helper(node, OLD)}`];
}

const OLD = 'old';

function storedName(node: ProjectNode<Relation>, names: Namer, name: string): string {
  return `${names.schema(node.schema)}.${name}`.toLowerCase();
}
