import type { Session } from '../adapters/adapter.js';
import type { Namer } from '../materialize/names.js';
import type { Relation } from '../nodes/relation.js';
import type { ProjectNode } from '../project/project.js';
import { formatLiteral } from '../sql/literal.js';

/** DuckDB's size of a block, which it gives out to columns whole. */
const BLOCK = 262_144;

/**
 * What tables take on disk, in bytes, by node; views and what is not there are left out. On DuckDB a table takes whole blocks, which
 * small tables share: the sum may be more than the file.
 */
export async function storedBytes(
  session: Session,
  names: Namer,
  nodes: readonly ProjectNode<Relation>[],
): Promise<ReadonlyMap<string, number>> {
  const rows =
    names.dialect === 'duckdb' ? await duckDbBytes(session, names, nodes) : await snowflakeBytes(session);
  const sizes = new Map(
    rows.map(({ schema_name, relation_name, bytes }) => [
      `${schema_name}.${relation_name}`.toLowerCase(),
      Number(bytes),
    ]),
  );
  return new Map(
    nodes.flatMap((node) => {
      const bytes = sizes.get(`${names.schema(node.schema)}.${node.name}`.toLowerCase());
      return bytes === undefined ? [] : [[node.name, bytes] as const];
    }),
  );
}

async function duckDbBytes(session: Session, names: Namer, nodes: readonly ProjectNode<Relation>[]) {
  const stored = await session.relations([...new Set(nodes.map(({ schema }) => names.schema(schema)))]);
  const tables = new Set(
    stored.filter(({ kind }) => kind === 'table').map(({ schema, name }) => `${schema}.${name}`),
  );
  const queries = nodes
    .filter((node) => tables.has(`${names.schema(node.schema)}.${node.name}`.toLowerCase()))
    .map(
      (node) =>
        `select ${literal(names.schema(node.schema))} as schema_name, ${literal(node.name)} as relation_name, count(distinct block_id) * ${BLOCK} as bytes from pragma_storage_info(${literal(names.published(node))}) where block_id >= 0`,
    );
  return queries.length === 0 ? [] : session.query(queries.join('\nunion all '));
}

function snowflakeBytes(session: Session) {
  return session.query(
    'select table_schema as schema_name, table_name as relation_name, bytes from information_schema.tables where bytes is not null',
  );
}

const literal = (text: string) => formatLiteral(text, 'duckdb');
