import { UsageError } from '../errors.js';
import { Model } from '../nodes/model.js';
import { Relation } from '../nodes/relation.js';
import { Snapshot } from '../nodes/snapshot.js';
import type { Project, ProjectNode } from '../project/project.js';
import { renderQuery } from '../project/render-query.js';
import { tidySql } from '../project/tidy.js';
import type { VariableValues } from '../project/variables.js';
import type { Sql } from '../sql/fragment.js';
import { contractSelect } from './contract-select.js';
import type { Namer } from './names.js';

/**
 * The SQL that a node stands for in one target, ready to paste: its query with its contract, or a select from the raw table.
 *
 * @throws UsageError NOT_COMPILABLE for seeds and unit tests, which have no query.
 */
export function compileNode(
  project: Project,
  node: ProjectNode,
  names: Namer,
  variables: VariableValues,
): string {
  const { declaration } = node;
  if (declaration instanceof Model || declaration instanceof Snapshot) {
    const columns = declaration instanceof Snapshot ? declaration.queryColumns : declaration.columns;
    const text = renderPublished(project, declaration.query, names, variables);
    return contractSelect(`\n${tidySql(text)}`, columns, names.dialect);
  }
  if ('query' in declaration) return tidySql(renderPublished(project, declaration.query, names, variables));
  if (declaration instanceof Relation) {
    const columns = Object.keys(declaration.columns).map((name) => names.quote(name));
    return `select ${columns.join(', ')}\nfrom ${names.published(node as ProjectNode<Relation>)}`;
  }
  throw new UsageError(
    'NOT_COMPILABLE',
    `'${node.name}' is a ${node.kind.replace('_', ' ')} and has no SQL of its own.`,
  );
}

/** A query reading what is published. */
export function renderPublished(
  project: Project,
  query: Sql,
  names: Namer,
  variables: VariableValues,
): string {
  return renderQuery(project, query, {
    dialect: names.dialect,
    variables,
    relationName: (node) => names.published(node),
    self: '"this_model"',
  }).text;
}
