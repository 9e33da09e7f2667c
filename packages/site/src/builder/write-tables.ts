import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  Exposure,
  isRelationNode,
  type ProjectNode,
  type Relation,
  readError,
  renderPublished,
  type Session,
  sql,
  writeRows,
} from '@matinee/core';
import type { SiteOptions } from './build-site.js';
import { compactColumns } from './compact-columns.js';
import { packTable } from './pack-table.js';

/** The rows of a node as the site carries them. */
export interface SiteTable {
  readonly name: string;
  readonly node: ProjectNode<Relation>;
  readonly rows: number;
  /** By column: the texts that its numbers stand for. */
  readonly values: Readonly<Record<string, readonly string[]>>;
  /** Columns whose file holds twice the number. */
  readonly halved: readonly string[];
  /** Gzipped Parquet. */
  readonly content: Buffer;
  /** Changes with the content. */
  readonly version: string;
}

/** Writes what the dashboards read. @throws WarehouseError NODE_NOT_BUILT, NODE_UNREADABLE. */
export async function writeTables(
  session: Session,
  options: SiteOptions,
  folder: string,
): Promise<readonly SiteTable[]> {
  const tables: SiteTable[] = [];
  for (const name of tablesRead(options)) {
    const node = options.dag.project.get(name);
    if (isRelationNode(node)) tables.push(await writeTable(session, node, options, folder));
  }
  return tables;
}

/** The relations that the selected dashboards read, in build order. */
export function tablesRead({ dag, selected }: Pick<SiteOptions, 'dag' | 'selected'>): readonly string[] {
  const read = [...selected].flatMap((name) => {
    const { declaration } = dag.project.get(name);
    return declaration instanceof Exposure && declaration.type === 'dashboard' ? dag.inputsOf(name) : [];
  });
  return dag.inOrder(new Set(read));
}

async function writeTable(
  session: Session,
  node: ProjectNode<Relation>,
  { dag, names, variables, warehouse, signal }: SiteOptions,
  folder: string,
): Promise<SiteTable> {
  const { columns } = node.declaration;
  const path = join(folder, `${node.name}.parquet`);
  const list = Object.keys(columns)
    .map((name) => names.quote(name))
    .join(', ');
  // An ephemeral model is no table: its query stands in its place.
  const query = `select ${list} from (${renderPublished(dag.project, sql`select * from ${node.declaration}`, names, variables)}) as rows_shown`;
  try {
    const { expressions, values, halved } = await compactColumns(session, query, columns, (name) =>
      names.quote(name),
    );
    const rows = await writeRows(
      warehouse,
      session,
      { query, columns, expressions, ordered: true },
      { path, format: 'parquet', signal },
    );
    const content = await packTable(path);
    const version = createHash('sha256').update(content).digest('hex').slice(0, 12);
    return { name: node.name, node, rows, values, halved, content, version };
  } catch (error) {
    throw await readError(error, session, names, node);
  } finally {
    rmSync(path, { force: true });
  }
}
