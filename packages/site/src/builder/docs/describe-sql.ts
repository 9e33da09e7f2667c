import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileNode, type Dag, dialects, Namer, type ProjectNode, type VariableValues } from '@matinee/core';
import type { SqlDocs } from '../../contract/docs.js';

/** A node's file, and its SQL for every engine, reading what is published without a target's prefix. */
export function describeSql(node: ProjectNode, { project }: Dag, variables: VariableValues): SqlDocs | null {
  const path = join(project.root, node.path);
  const source = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const hasQuery = 'query' in node.declaration;
  if (!hasQuery && source === '') return null;
  const compiled = hasQuery
    ? dialects.map((dialect) => [dialect, compileNode(project, node, new Namer(dialect), variables)])
    : [];
  return { source, compiled: Object.fromEntries(compiled) };
}
