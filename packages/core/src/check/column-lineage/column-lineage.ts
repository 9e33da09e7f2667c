import type { Session } from '../../adapters/adapter.js';
import { openDuckDb } from '../../adapters/duckdb/open.js';
import { withSession } from '../../adapters/with-session.js';
import { Analysis } from '../../nodes/analysis.js';
import type { Columns } from '../../nodes/column.js';
import { Model } from '../../nodes/model.js';
import { Snapshot } from '../../nodes/snapshot.js';
import { isRelationNode, type Project, type ProjectNode } from '../../project/project.js';
import { renderQuery } from '../../project/render-query.js';
import type { VariableValues } from '../../project/variables.js';
import type { Sql } from '../../sql/fragment.js';
import { quoteIdentifier } from '../../sql/identifier.js';
import { formatLiteral } from '../../sql/literal.js';
import { type RelationColumns, resolveQuery } from './resolve-query.js';
import type { QueryNode } from './sql-tree.js';

/** A column, and one that it is made of. */
export interface ColumnOrigin {
  readonly from: { readonly node: string; readonly column: string };
  readonly to: { readonly node: string; readonly column: string };
}

/** Stands before every node's name, so that no other name is taken for a node. */
const SCHEMA = '__node';

/**
 * Which columns each node's columns are made of, read from its query as DuckDB parses it: all that stand in a column's expression,
 * conditions of a CASE and windows included; joins and filters of rows are not. What cannot be followed (a pivot, columns of an
 * undeclared function) is left out.
 */
export async function columnLineage(
  project: Project,
  nodes: Iterable<ProjectNode>,
  variables: VariableValues = {},
): Promise<readonly ColumnOrigin[]> {
  const warehouse = await openDuckDb({ path: ':memory:', engineThreads: 1 });
  return withSession(warehouse, async (session) => {
    const found: ColumnOrigin[] = [];
    for (const node of nodes) found.push(...(await originsOfNode(session, project, node, variables)));
    return found;
  }).finally(() => warehouse.close());
}

async function originsOfNode(
  session: Session,
  project: Project,
  node: ProjectNode,
  variables: VariableValues,
): Promise<readonly ColumnOrigin[]> {
  const { declaration } = node;
  if (!(declaration instanceof Model || declaration instanceof Snapshot || declaration instanceof Analysis))
    return [];
  const columns: Columns = declaration instanceof Snapshot ? declaration.queryColumns : declaration.columns;
  const tree = await parse(session, nodeQuery(project, declaration.query, variables));
  if (!tree) return [];
  const fields = resolveQuery(tree, columnsIn(project));
  return Object.keys(columns).flatMap((column) => {
    const field = fields.find(({ name }) => name.toLowerCase() === column.toLowerCase());
    return [...(field?.origins ?? [])].sort().map((origin) => {
      const dot = origin.indexOf('.');
      const from = { node: origin.slice(0, dot), column: origin.slice(dot + 1) };
      return { from, to: { node: node.name, column } };
    });
  });
}

/** The query with every node, ephemeral ones too, read by its own name. */
function nodeQuery(project: Project, query: Sql, variables: VariableValues): string {
  const name = (node: string) => `${SCHEMA}.${quoteIdentifier(node, 'duckdb')}`;
  return renderQuery(project, query, {
    dialect: 'duckdb',
    variables,
    self: name('this_model'),
    replaced: new Set(project.nodes.keys()),
    relationName: (relation) => name(relation.name),
  }).text;
}

function columnsIn(project: Project): RelationColumns {
  return (schema, name) => {
    const node = schema === SCHEMA ? project.nodes.get(name) : undefined;
    if (!node || !isRelationNode(node)) return undefined;
    return Object.keys(node.declaration.columns).map((column) => ({
      name: column,
      origins: new Set([`${name}.${column}`]),
    }));
  };
}

/** Undefined for what DuckDB does not parse: `matinee check` tells of that. */
async function parse(session: Session, query: string): Promise<QueryNode | undefined> {
  const text = formatLiteral(query, 'duckdb');
  const [row] = await session.query(
    `select cast(json_serialize_sql(${text}, skip_null := true, skip_empty := true) as varchar) as tree`,
  );
  const parsed = JSON.parse(String(row?.tree)) as {
    readonly statements?: readonly { readonly node: QueryNode }[];
  };
  return parsed.statements?.[0]?.node;
}
