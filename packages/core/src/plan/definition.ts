import { readSeedText } from '../materialize/seed.js';
import type { Columns } from '../nodes/column.js';
import { Model } from '../nodes/model.js';
import type { Relation } from '../nodes/relation.js';
import { Seed } from '../nodes/seed.js';
import { Snapshot } from '../nodes/snapshot.js';
import { Source } from '../nodes/source.js';
import type { Project, ProjectNode } from '../project/project.js';
import { type RenderedQuery, renderQuery } from '../project/render-query.js';
import { tidySql } from '../project/tidy.js';
import type { VariableValues } from '../project/variables.js';
import type { Dialect } from '../sql/dialect.js';
import type { Sql } from '../sql/fragment.js';
import type { VariableValue } from '../sql/renderable.js';
import { hashOf } from './hash.js';

/** What the definition of a node depends on beside its own declaration. */
export interface DefinitionContext {
  readonly project: Project;
  readonly dialect: Dialect;
  readonly variables: VariableValues;
}

/** All that the code says of what a node holds, as texts that can be kept and compared line by line. */
export interface NodeDefinition {
  /** The rendered query, that of an increment behind it if it is another one; empty where there is none. */
  readonly sql: string;
  /** A column a line, then the key. */
  readonly contract: string;
  /** A setting a line: materialization, strategy, file shapes, hooks. */
  readonly configuration: string;
  /** The values of the variables that the query reads. */
  readonly variables: Readonly<Record<string, VariableValue>>;
  /** Its description and those of its columns: no part of what it holds. Undefined in ledgers of earlier versions. */
  readonly comments?: string;
}

export function nodeDefinition(
  context: DefinitionContext,
  { declaration }: ProjectNode<Relation>,
): NodeDefinition {
  const query = queryOf(declaration);
  const { sql, variables } = query ? rendered(context, query) : { sql: '', variables: [] };
  return {
    sql,
    contract: contractText(declaration.columns, declaration.key),
    configuration: configurationOf(context, declaration),
    variables: Object.fromEntries(variables.map((name) => [name, variableValue(context, name)])),
    comments: commentsText(declaration),
  };
}

/** A query as it is written down: with the names of this project's schemas, without those of a target. */
export function definitionSql(context: DefinitionContext, query: Sql): string {
  return rendered(context, query).sql;
}

function queryOf(declaration: Relation): Sql | undefined {
  return declaration instanceof Model || declaration instanceof Snapshot ? declaration.query : undefined;
}

function rendered(
  { project, dialect, variables }: DefinitionContext,
  query: Sql,
): { readonly sql: string; readonly variables: readonly string[] } {
  const render = (incremental: boolean): RenderedQuery =>
    renderQuery(project, query, {
      dialect,
      variables,
      incremental,
      self: '"this_model"',
      relationName: (node) => `"${node.schema}"."${node.name}"`,
    });
  const [full, increment] = [render(false), render(true)];
  const names = [...new Set([...full.variables, ...increment.variables])].sort();
  if (full.text === increment.text) return { sql: tidySql(full.text), variables: names };
  return { sql: `${tidySql(full.text)}\n;\n${tidySql(increment.text)}`, variables: names };
}

function variableValue({ project, variables }: DefinitionContext, name: string): VariableValue {
  return name in variables ? (variables[name] ?? null) : (project.variables.get(name)?.default ?? null);
}

function contractText(columns: Columns, key: readonly string[]): string {
  const lines = Object.entries(columns).map(([name, column]) => {
    const values = column.values
      ? ` in (${column.values.map((value) => JSON.stringify(value)).join(', ')})`
      : '';
    return `${name} ${column.type}${column.isNullable ? '' : ' not null'}${values}`;
  });
  return [...lines, ...(key.length > 0 ? [`key (${key.join(', ')})`] : [])].join('\n');
}

function commentsText({ description, columns }: Relation): string {
  const lines = Object.entries(columns).flatMap(([name, column]) =>
    column.description ? [`${name}: ${column.description}`] : [],
  );
  return [description ?? '', ...lines].join('\n');
}

function configurationOf(context: DefinitionContext, declaration: Relation): string {
  return Object.entries(settingsOf(context, declaration))
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join('\n');
}

/** The warehouse that computes a table makes no difference to it. */
function tableSettings({ snowflake: { warehouse: _, ...settings } }: Model): unknown {
  return Object.keys(settings).length > 0 ? settings : undefined;
}

function settingsOf(context: DefinitionContext, declaration: Relation): Readonly<Record<string, unknown>> {
  if (declaration instanceof Model) {
    const { type, ...options } = declaration.materialized;
    const inputs = 'inputs' in options ? options.inputs : undefined;
    const hooks = (statements: readonly Sql[]) =>
      statements.length === 0
        ? undefined
        : statements.map((statement) => definitionSql(context, statement)).join('; ');
    return {
      materialized: type,
      ...options,
      inputs: inputs?.map(({ input, columns }) => [input.name, columns]),
      pre_hook: hooks(declaration.preHook),
      post_hook: hooks(declaration.postHook),
      snowflake: context.dialect === 'snowflake' ? tableSettings(declaration) : undefined,
    };
  }
  if (declaration instanceof Snapshot) return { key: declaration.naturalKey, ...declaration.strategy };
  if (declaration instanceof Seed) return { rows: hashOf(readSeedText(declaration)) };
  if (declaration instanceof Source) return { shapes: declaration.shapes, optional: declaration.optional };
  return {};
}
