import { Namer, type Warehouse } from '@matinee/core';
import type { Context } from '../context.js';
import type { WarehouseOptions } from '../options/common.js';
import type { Settings } from '../options/settings.js';
import { openWarehouse } from '../run/open-warehouse.js';
import { attachFile, otherTarget, requireBuilt } from '../run/other-target.js';
import { realPath } from '../run/real-path.js';
import type { OpenProject } from '../workspace/open-project.js';
import type { TableName } from './table-name.js';

/** An open warehouse in which both tables can be read. */
export interface OpenSides {
  readonly warehouse: Warehouse;
  /** How nodes are called on each side. */
  readonly names: readonly [Namer, Namer];
}

const ATTACHED = 'matinee_compared';

/**
 * Opens the file of the first table for reading, and attaches that of the second one if it is another: the file of the
 * command's own target, or what another target has for readers.
 *
 * @throws UsageError TARGET_UNKNOWN; WarehouseError WAREHOUSE_MISSING, WAREHOUSE_LOCKED.
 */
export async function openSides(
  context: Context,
  project: OpenProject,
  [left, right]: readonly [TableName, TableName],
  { lockTimeout }: WarehouseOptions,
): Promise<OpenSides> {
  const { root } = project;
  const [first, second] = [placeOf(project, left), placeOf(project, right)];
  for (const place of [first, second]) requireBuilt(place);
  const waiting = lockTimeout === undefined ? {} : { lockTimeout };
  const request = { readOnly: true, mustExist: true, ...waiting };
  const warehouse = await openWarehouse(context, { settings: first.settings, root }, request);
  try {
    const database = realPath(first.path) === realPath(second.path) ? undefined : ATTACHED;
    if (database) await attachFile(context, warehouse, root, { path: second.path, database, ...waiting });
    const { dialect } = warehouse;
    return {
      warehouse,
      names: [new Namer(dialect, first.prefix), new Namer(dialect, second.prefix, database)],
    };
  } catch (error) {
    await warehouse.close();
    throw error;
  }
}

interface Place {
  readonly name: string;
  /** Those of the target, with the file that is read in place of the one it is built in. */
  readonly settings: Settings;
  readonly path: string;
  readonly prefix: string | undefined;
}

function placeOf(project: OpenProject, { target }: TableName): Place {
  const { settings } = project;
  const isOwn = target === undefined || target === settings.targetName;
  const {
    name,
    path,
    settings: own,
  } = isOwn
    ? { name: settings.targetName, path: settings.target.path, settings }
    : otherTarget(project, target);
  return {
    name,
    path,
    settings: { ...own, target: { ...own.target, path } },
    prefix: own.target.schemaPrefix,
  };
}
