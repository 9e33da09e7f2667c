import { type DeferOptions, type LockHolder, UsageError, type Warehouse } from '@matinee/core';
import type { Context } from '../context.js';
import type { WarehouseOptions } from '../options/common.js';
import type { OpenProject } from '../workspace/open-project.js';
import { attachFile, otherTarget, requireBuilt } from './other-target.js';
import { realPath } from './real-path.js';

export interface DeferRequest extends WarehouseOptions {
  /** The name of the target to read from. */
  readonly defer?: string;
  /** Told instead of the line on stderr. */
  readonly onWait?: (holder: LockHolder, path: string) => void;
}

/**
 * Attaches the warehouse of another target for reading: its published copy if there is one, else the file it is built in.
 *
 * @returns undefined if no other target is named.
 * @throws UsageError TARGET_UNKNOWN, DEFER_SELF; WarehouseError WAREHOUSE_MISSING, WAREHOUSE_LOCKED.
 */
export async function attachDeferred(
  context: Context,
  project: OpenProject,
  warehouse: Warehouse,
  { defer, lockTimeout, onWait }: DeferRequest,
): Promise<DeferOptions | undefined> {
  if (defer === undefined) return undefined;
  const other = otherTarget(project, defer);
  const { path } = other;
  const { target } = other.settings;
  refuseSelf(defer, project, [target.path, path]);
  requireBuilt(other);
  const database = `deferred_${defer.replace(/\W/g, '_').toLowerCase()}`;
  await attachFile(context, warehouse, project.root, {
    path,
    database,
    onWait,
    ...(lockTimeout !== undefined && { lockTimeout }),
  });
  return { database, ...(target.schemaPrefix !== undefined && { schemaPrefix: target.schemaPrefix }) };
}

/** A target's own file is open already, and everything in it is read from there anyway. */
function refuseSelf(name: string, { settings }: OpenProject, files: readonly string[]): void {
  const { path, published } = settings.target;
  const own = [path, ...(published === undefined ? [] : [published])].map(realPath);
  if (!files.some((file) => own.includes(realPath(file)))) return;
  const hint = 'Name another target, which is built in a file of its own.';
  const what = `Target '${settings.targetName}' cannot defer to '${name}': both are built in one file.`;
  throw new UsageError('DEFER_SELF', what, { location: { file: path }, hint });
}
