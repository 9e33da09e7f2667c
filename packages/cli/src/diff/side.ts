import {
  type DescribedColumn,
  isEphemeral,
  isRelationNode,
  MatineeError,
  type Namer,
  type ProjectNode,
  type Relation,
  type Session,
  UsageError,
  WarehouseError,
} from '@matinee/core';
import { requireNode } from '../workspace/find-node.js';
import type { OpenProject } from '../workspace/open-project.js';
import type { TableName } from './table-name.js';

/** One of the two tables. */
export interface Side {
  /** `schema.table`, behind its target if that was named. */
  readonly label: string;
  /** Its quoted name. */
  readonly relation: string;
  readonly columns: readonly DescribedColumn[];
  /** The key of the node that it belongs to, if it belongs to one. */
  readonly key: readonly string[];
  readonly rows: number;
}

/** Looks a table up. @throws UsageError NOT_COMPARABLE, SELECTOR; WarehouseError TABLE_MISSING, NODE_NOT_BUILT. */
export async function readSide(
  project: OpenProject,
  table: TableName,
  names: Namer,
  session: Session,
): Promise<Side> {
  const node = nodeOf(project, table, names);
  const [schema, name] = node ? [names.schema(node.schema), node.name] : [table.schema ?? '', table.name];
  const database = names.database === undefined ? '' : `${names.quote(names.database)}.`;
  const relation = `${database}${names.quote(schema)}.${names.quote(name)}`;
  const select = `select * from ${relation}`;
  const described = await session.describe(select).catch((error: unknown) => {
    throw missing(error, table, node);
  });
  const [row] = await session.query(`select count(*) as row_count from ${relation}`);
  return {
    label: `${table.target === undefined ? '' : `${table.target}:`}${schema}.${name}`,
    relation,
    columns: node?.kind === 'source' ? declared(described, node) : described,
    key: node?.declaration.key ?? [],
    rows: Number(row?.row_count ?? 0),
  };
}

/** Without what a load notes beside the rows of a source: that is another in every load. */
function declared(
  described: readonly DescribedColumn[],
  { declaration }: ProjectNode<Relation>,
): readonly DescribedColumn[] {
  return described.filter(({ name }) => Object.keys(declaration.columns).includes(name.toLowerCase()));
}

/** The node that is named, or that stands in the warehouse under the name given. */
function nodeOf(
  { dag }: OpenProject,
  { schema, name }: TableName,
  names: Namer,
): ProjectNode<Relation> | undefined {
  if (schema === undefined) return requireStored(requireNode(dag, name));
  const stored = `${schema}.${name}`.toLowerCase();
  return [...dag.project.nodes.values()]
    .filter(isRelationNode)
    .find((node) => `${names.schema(node.schema)}.${node.name}`.toLowerCase() === stored);
}

function requireStored(node: ProjectNode): ProjectNode<Relation> {
  if (isRelationNode(node) && !isEphemeral(node)) return node;
  throw new UsageError('NOT_COMPARABLE', `'${node.name}' is not stored: there is no table to compare.`, {
    location: node.declaration.location,
    hint: 'Sources, seeds, snapshots and all models that are not ephemeral have one.',
  });
}

function missing(error: unknown, { text, target }: TableName, node: ProjectNode | undefined): unknown {
  if (!(error instanceof MatineeError) || !/does not exist/i.test(error.message)) return error;
  const of = target === undefined ? '' : ` --target ${target}`;
  return node
    ? new WarehouseError('NODE_NOT_BUILT', `'${text}' was not built yet.`, {
        hint: `Build it first: matinee build --select '+${node.name}'${of}.`,
        cause: error,
      })
    : new WarehouseError('TABLE_MISSING', `There is no table '${text}'.`, {
        hint: `Name its schema as it is stored, prefix included; matinee summary${of} lists what there is.`,
        cause: error,
      });
}
