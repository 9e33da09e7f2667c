import { UsageError } from '@matinee/core';

/** A table as it is named on the command line. */
export interface TableName {
  /** As it was written. */
  readonly text: string;
  /** Undefined: the target that the command works on. */
  readonly target: string | undefined;
  /** The stored schema; undefined if a node is named. */
  readonly schema: string | undefined;
  /** The name of the table, or of a node. */
  readonly name: string;
}

/** Reads `node`, `schema.table`, `TARGET:node` or `TARGET:schema.table`. @throws UsageError for anything else. */
export function parseTableName(text: string): TableName {
  const [, target, schema, name] = /^(?:([^:]+):)?(?:([^.:]+)\.)?([^.:]+)$/.exec(text) ?? [];
  if (name !== undefined) return { text, target, schema, name };
  throw new UsageError('USAGE', `'${text}' names no table.`, {
    hint: 'Write a node, schema.table, TARGET:node or TARGET:schema.table.',
  });
}
