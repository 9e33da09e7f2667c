import { NodeError } from '../errors.js';
import type { Relation } from '../nodes/relation.js';
import type { ProjectNode } from '../project/project.js';
import type { RunContext } from './run-context.js';

/** What is left must do for the ledger, and for the rest of the machine. */
const FLOOR = 4 * 1024 * 1024;

/** Stops a node before the disk is full, while all else still works. @throws NodeError WAREHOUSE_DISK_LOW. */
export function requireFreeSpace({ warehouse }: RunContext, node: ProjectNode<Relation>): void {
  const free = warehouse.freeBytes?.();
  if (free === undefined || free >= FLOOR) return;
  const megabytes = (free / 1024 / 1024).toFixed(0);
  throw new NodeError('WAREHOUSE_DISK_LOW', `${node.name} was not built: only ${megabytes} MB are free.`, {
    location: { file: warehouse.place },
    hint: 'Free disk space, then run: matinee retry. What is published is as it was.',
  });
}
