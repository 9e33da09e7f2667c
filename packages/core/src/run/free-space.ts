import type { Disk, Warehouse } from '../adapters/adapter.js';
import { NodeError } from '../errors.js';
import type { Relation } from '../nodes/relation.js';
import { allStages, type NodeStage, type Plan } from '../plan/plan.js';
import type { ProjectNode } from '../project/project.js';
import { isEphemeral, isView } from '../project/render-query.js';
import type { RunContext } from './run-context.js';

/** What must be left for the ledger and the rest of the machine: 64 MB, on small disks less. */
const FLOOR = 64 * 1024 * 1024;
const FLOOR_SHARE = 0.02;

/** Raw tables are smaller than the files they come from. */
const STORED_PER_DELIVERED = 0.6;

/** Stops a node before the disk is full, while all else still works. @throws NodeError WAREHOUSE_DISK_LOW. */
export function requireFreeSpace({ warehouse }: RunContext, node: ProjectNode<Relation>): void {
  const disk = warehouse.disk?.();
  if (!disk || disk.free >= Math.min(FLOOR, disk.total * FLOOR_SHARE)) return;
  throw new NodeError(
    'WAREHOUSE_DISK_LOW',
    `${node.name} was not built: only ${megabytes(disk.free)} are free.`,
    {
      location: { file: warehouse.place },
      hint: 'Free disk space, then run: matinee retry. What is published is as it was.',
    },
  );
}

/**
 * A warning if a plan will need more space than there is, as far as that can be told: by the rows that stand published,
 * and by the files that are delivered. New models are not counted.
 */
export function spaceWarning(warehouse: Warehouse, plan: Plan): string | undefined {
  const disk = warehouse.disk?.();
  if (!disk) return undefined;
  const needed = neededBytes(plan, disk);
  if (needed <= disk.free) return undefined;
  return `The build may need ${megabytes(needed)} beside what is published; ${megabytes(disk.free)} are free.`;
}

function neededBytes(plan: Plan, { used }: Disk): number {
  const rowsOf = ({ node }: NodeStage) => plan.published.of(node)?.rows ?? 0;
  const stages = allStages(plan);
  const rows = stages.reduce((sum, stage) => sum + (isStored(stage) ? rowsOf(stage) : 0), 0);
  const perRow = rows === 0 ? 0 : used / rows;
  const built = stages.filter((stage) => stage.action !== 'reuse' && isStored(stage));
  return built.reduce((sum, stage) => sum + (rowsOf(stage) * perRow || deliveredBytes(plan, stage)), 0);
}

function deliveredBytes({ delivery, limit }: Plan, { node }: NodeStage): number {
  const files = delivery?.files.filter(({ source }) => source === node.name) ?? [];
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0) * STORED_PER_DELIVERED;
  return limit?.type === 'sample' ? bytes * limit.share : bytes;
}

function isStored({ node }: NodeStage): boolean {
  return !isView(node) && !isEphemeral(node);
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1024 / 1024).toLocaleString('en')} MB`;
}
