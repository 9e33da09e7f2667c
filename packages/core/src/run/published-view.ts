import { contractSelect } from '../materialize/contract-select.js';
import type { Namer } from '../materialize/names.js';
import type { Model } from '../nodes/model.js';
import type { Relation } from '../nodes/relation.js';
import type { Project, ProjectNode } from '../project/project.js';
import { renderQuery } from '../project/render-query.js';
import type { VariableValues } from '../project/variables.js';

/** The query behind a view's published name, reading what is published. */
export function publishedViewSelect(
  { declaration }: ProjectNode<Relation>,
  project: Project,
  names: Namer,
  variables: VariableValues,
): string {
  const { query, columns } = declaration as Model;
  const { text } = renderQuery(project, query, {
    dialect: names.dialect,
    variables,
    relationName: (input) => names.published(input),
  });
  return contractSelect(text, columns, names.dialect);
}
