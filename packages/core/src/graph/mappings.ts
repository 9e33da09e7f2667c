import { type MatineeError, ProjectError } from '../errors.js';
import type { Incremental, InputMapping } from '../nodes/materialization.js';
import { Model } from '../nodes/model.js';
import type { Relation } from '../nodes/relation.js';
import type { Project, ProjectNode } from '../project/project.js';
import { isEphemeral, isView } from '../project/render-query.js';
import type { Dag } from './dag.js';

/** A model that is computed anew by the changes of its inputs. */
export interface ChangesModel {
  readonly model: Model;
  readonly materialized: Incremental & { readonly inputs: readonly InputMapping[] };
}

/** The model, if it is incremental by changes. */
export function changesModel({ declaration }: ProjectNode): ChangesModel | undefined {
  if (!(declaration instanceof Model) || declaration.materialized.type !== 'incremental') return undefined;
  const { materialized } = declaration;
  if (materialized.strategy !== 'changes') return undefined;
  return { model: declaration, materialized: { ...materialized, inputs: materialized.inputs ?? [] } };
}

/** The tables that a node's rows come from, itself or through views and ephemeral models, and these between. In build order. */
export function storedInputs(
  dag: Dag,
  name: string,
): { readonly stored: readonly string[]; readonly between: readonly string[] } {
  const stored = new Set<string>();
  const between = new Set<string>();
  const visit = (reader: string): void => {
    for (const input of dag.queryInputsOf(reader)) {
      const node = dag.project.get(input);
      const isThrough = isView(node) || isEphemeral(node);
      if (isThrough && !between.has(input)) {
        between.add(input);
        visit(input);
      }
      if (!isThrough) stored.add(input);
    }
  };
  visit(name);
  return { stored: dag.inOrder(stored), between: dag.inOrder(between) };
}

/** The columns of a relation that models map by; undefined if none does, and nobody needs to know its changes. */
export function mappedColumns(project: Project, relation: Relation): readonly string[] | undefined {
  const mappings = project
    .relations()
    .flatMap((node) => changesModel(node)?.materialized.inputs ?? [])
    .filter(({ input, columns }) => input.name === relation.name && columns);
  if (mappings.length === 0) return undefined;
  return [...new Set(mappings.flatMap(({ columns }) => Object.keys(columns ?? {})))].sort();
}

/** Inputs of models that are incremental by changes and say not, or wrongly, how they map. */
export function mappingErrors(dag: Dag): readonly MatineeError[] {
  return dag.project.relations().flatMap((node) => {
    const changes = changesModel(node);
    return changes ? errorsOf(dag, changes) : [];
  });
}

function errorsOf(dag: Dag, { model, materialized }: ChangesModel): readonly MatineeError[] {
  const { stored, between } = storedInputs(dag, model.name);
  const mapped = materialized.inputs.map(({ input }) => input.name);
  const error = (message: string, hint: string) =>
    new ProjectError('INPUT_MAPPING', `${model.name}: ${message}`, { location: model.location, hint });
  return [
    ...stored
      .filter((input) => !mapped.includes(input))
      .map((input) =>
        error(
          `its inputs leave out '${input}', whose changes would be lost.`,
          `Add mapped(${input}, { … }), or refreshedBy(${input}) to rebuild in full when it changes.`,
        ),
      ),
    ...mapped
      .filter((input) => between.includes(input))
      .map((input) =>
        error(
          `'${input}' is no table, so nobody knows its changes.`,
          `Map the tables behind it: ${storedInputs(dag, input).stored.join(', ')}.`,
        ),
      ),
    ...mapped
      .filter((input) => !stored.includes(input) && !between.includes(input))
      .map((input) => error(`it maps '${input}' and does not read it.`, 'Take the mapping out.')),
    ...mapped
      .filter((input, index) => mapped.indexOf(input) !== index)
      .map((input) => error(`it maps '${input}' twice.`, 'Keep one of them.')),
  ];
}
