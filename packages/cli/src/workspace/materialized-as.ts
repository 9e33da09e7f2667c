import { Model, type ProjectNode } from '@matinee/core';

/** How a node stands in the warehouse; undefined if it does not. */
export function materializedAs({ kind, declaration }: ProjectNode): string | undefined {
  if (declaration instanceof Model) return declaration.materialized.type;
  return kind === 'source' || kind === 'seed' || kind === 'snapshot' ? 'table' : undefined;
}
