import { ProjectError } from '../errors.js';
import type { Incremental } from '../nodes/materialization.js';
import { Model } from '../nodes/model.js';
import type { Relation } from '../nodes/relation.js';
import type { Dialect } from '../sql/dialect.js';
import type { Sql } from '../sql/fragment.js';
import { quoteIdentifier } from '../sql/identifier.js';
import { type RelationLike, type RenderContext, renderSql } from '../sql/renderable.js';
import type { Project, ProjectNode } from './project.js';
import type { VariableValues } from './variables.js';

export interface RenderOptions {
  readonly dialect: Dialect;
  readonly variables?: VariableValues;
  /** The text that a relation is read by. Never asked for ephemeral models, unless they are given in its place. */
  readonly relationName: (node: ProjectNode<Relation>) => string;
  /** Relations that stand in for others, by name; an ephemeral model among them is not inlined. */
  readonly replaced?: ReadonlySet<string>;
  /** The published table of the model itself, for incremental queries. */
  readonly self?: string;
  readonly incremental?: boolean;
  /** Called before every text of a template; what it returns is put there. Used to trace errors to their line. */
  readonly mark?: RenderContext['mark'];
}

/** SQL ready to run, and what it takes in. */
export interface RenderedQuery {
  readonly text: string;
  /** Names of the relations it refers to itself, ephemeral ones included, those behind them not. */
  readonly reads: readonly string[];
  /** Names of the variables it reads, itself or through ephemeral models. */
  readonly variables: readonly string[];
}

/** Renders a query for one dialect; ephemeral models become CTEs in front of it. */
export function renderQuery(project: Project, query: Sql, options: RenderOptions): RenderedQuery {
  const reads = new Set<string>();
  const variables = new Set<string>();
  const inlined = new Map<string, string>();

  const contextFor = (path: readonly string[]): RenderContext => ({
    dialect: options.dialect,
    incremental: options.incremental ?? false,
    ...(options.mark && { mark: options.mark }),
    self: () => options.self ?? fail('thisModel is read outside of an incremental model.'),
    variable: (name, fallback) => {
      variables.add(name);
      return options.variables && name in options.variables ? (options.variables[name] ?? null) : fallback;
    },
    relation: (relation: RelationLike) => {
      const node = project.placeOf(relation);
      if (path.length === 0) reads.add(node.name);
      return isEphemeral(node) && !options.replaced?.has(node.name)
        ? inline(node, path)
        : options.relationName(node);
    },
  });

  const inline = (node: ProjectNode<Relation>, path: readonly string[]): string => {
    const name = quoteIdentifier(`__ephemeral_${node.name}`, options.dialect);
    if (path.includes(node.name))
      fail(`Ephemeral models read each other: ${[...path, node.name].join(' → ')}.`);
    if (!inlined.has(name)) {
      const body = (node.declaration as Model).query[renderSql](contextFor([...path, node.name]));
      inlined.set(name, body);
    }
    return name;
  };

  const body = query[renderSql](contextFor([]));
  const ctes = [...inlined].map(([name, text]) => `${name} as (${text}\n)`);
  const text = ctes.length === 0 ? body : `with ${ctes.join(', ')}\nselect * from (${body}\n)`;
  return { text, reads: [...reads], variables: [...variables] };
}

export function isEphemeral(node: ProjectNode): boolean {
  return node.declaration instanceof Model && node.declaration.materialized.type === 'ephemeral';
}

export function isView(node: ProjectNode): boolean {
  return node.declaration instanceof Model && node.declaration.materialized.type === 'view';
}

/** How a model is brought up to date; undefined if it is not incremental. */
export function incrementalOf({ declaration }: ProjectNode): Incremental | undefined {
  if (!(declaration instanceof Model) || declaration.materialized.type !== 'incremental') return undefined;
  return declaration.materialized;
}

function fail(message: string): never {
  throw new ProjectError('QUERY_INVALID', message);
}
