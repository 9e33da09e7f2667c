import { type MatineeError, ProjectError } from '../errors.js';
import { DataTest } from '../nodes/data-test.js';
import type { Incremental, InputMapping } from '../nodes/materialization.js';
import type { Model } from '../nodes/model.js';
import type { Relation } from '../nodes/relation.js';
import type { ProjectNode } from '../project/project.js';
import { incrementalOf, isEphemeral, isView } from '../project/render-query.js';
import type { Dag } from './dag.js';
import { heads } from './heads.js';

/** A model that is computed anew by the changes of its inputs. */
export interface ChangesModel {
  readonly model: Model;
  readonly materialized: Incremental & { readonly inputs: readonly InputMapping[] };
}

/** The model, if it is incremental by changes. */
export function changesModel(node: ProjectNode): ChangesModel | undefined {
  const materialized = incrementalOf(node);
  if (materialized?.strategy !== 'changes') return undefined;
  return {
    model: node.declaration as Model,
    materialized: { ...materialized, inputs: materialized.inputs ?? [] },
  };
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

/** The columns of a relation that others map by; undefined if none does, and nobody needs to know its changes. */
export function mappedColumns(dag: Dag, relation: Relation): readonly string[] | undefined {
  const mappings = [...dag.project.nodes.values()]
    .flatMap((node) => changesModel(node)?.materialized.inputs ?? mappedUpstream(dag, node))
    .filter(({ input, columns }) => input.name === relation.name && columns);
  if (mappings.length === 0) return undefined;
  return [...new Set(mappings.flatMap(({ columns }) => Object.keys(columns ?? {})))].sort();
}

/** What a data test maps and does not run together with: of that it gets to know the changes by a feed alone. */
function mappedUpstream(dag: Dag, { declaration, name }: ProjectNode): readonly InputMapping[] {
  if (!(declaration instanceof DataTest) || !declaration.inputs) return [];
  const together = heads(dag, dag.queryInputsOf(name));
  return declaration.inputs.filter(({ input }) => !together.includes(input.name));
}

/** Inputs of models that are incremental by changes, and of data tests, that say not, or wrongly, how they map. */
export function mappingErrors(dag: Dag): readonly MatineeError[] {
  return [...dag.project.nodes.values()].flatMap((node) => {
    const { declaration } = node;
    const inputs =
      declaration instanceof DataTest ? declaration.inputs : changesModel(node)?.materialized.inputs;
    return inputs ? errorsOf(dag, node, inputs) : [];
  });
}

function errorsOf(
  dag: Dag,
  { name, declaration: { location } }: ProjectNode,
  inputs: readonly InputMapping[],
): readonly MatineeError[] {
  const { stored, between } = storedInputs(dag, name);
  const mapped = inputs.map(({ input }) => input.name);
  const error = (message: string, hint: string) =>
    new ProjectError('INPUT_MAPPING', `${name}: ${message}`, { location, hint });
  return [
    ...stored
      .filter((input) => !mapped.includes(input))
      .map((input) =>
        error(
          `its inputs leave out '${input}', whose changes would be lost.`,
          `Add mapped(${input}, { … }), or refreshedBy(${input}) to start over in full when it changes.`,
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
