import { type DuckDbTarget, Namer, type SnowflakeTarget, type Warehouse } from '@matinee/core';
import type { Context } from '../context.js';
import type { WarehouseOptions } from '../options/common.js';
import type { Settings } from '../options/settings.js';
import { openWarehouse } from '../run/open-warehouse.js';
import { attachFile, otherTarget, readableFile, requireBuilt } from '../run/other-target.js';
import { realPath } from '../run/real-path.js';
import { databaseBeside, otherEngine } from '../run/same-engine.js';
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
 * Opens the warehouse of the first table for reading, and makes that of the second one readable if it is another: of a
 * DuckDB target the file of the command's own target, or what another target has for readers, is attached.
 *
 * @throws UsageError TARGET_UNKNOWN, TARGET_KIND; WarehouseError WAREHOUSE_MISSING, WAREHOUSE_LOCKED.
 */
export async function openSides(
  context: Context,
  project: OpenProject,
  [left, right]: readonly [TableName, TableName],
  { lockTimeout }: WarehouseOptions,
): Promise<OpenSides> {
  const { root } = project;
  const [first, second] = [placeOf(project, left), placeOf(project, right)];
  const waiting = lockTimeout === undefined ? {} : { lockTimeout };
  const open = (settings: Settings) =>
    openWarehouse(context, { settings, root }, { readOnly: true, mustExist: true, ...waiting });
  if (isOnSnowflake(first) && isOnSnowflake(second)) {
    const database = databaseBeside(context, first, second);
    return sidesOf(await open(first.settings), first, second, database);
  }
  if (!isFile(first) || !isFile(second)) throw otherEngine(first, second);
  for (const { name, target } of [first, second]) requireBuilt({ name, path: target.path });
  const warehouse = await open({ ...first.settings, target: first.target });
  try {
    const { path } = second.target;
    const database = realPath(first.target.path) === realPath(path) ? undefined : ATTACHED;
    if (database) await attachFile(context, warehouse, root, { path, database, ...waiting });
    return sidesOf(warehouse, first, second, database);
  } catch (error) {
    await warehouse.close();
    throw error;
  }
}

function sidesOf(warehouse: Warehouse, first: Place, second: Place, database: string | undefined): OpenSides {
  const { dialect } = warehouse;
  return {
    warehouse,
    names: [
      new Namer(dialect, first.target.schemaPrefix),
      new Namer(dialect, second.target.schemaPrefix, database),
    ],
  };
}

interface Place {
  readonly name: string;
  readonly settings: Settings;
  /** With the file that is read in place of the one it is built in. */
  readonly target: Settings['target'];
}

const isFile = (place: Place): place is Place & { readonly target: DuckDbTarget } =>
  place.target.type === 'duckdb';
const isOnSnowflake = (place: Place): place is Place & { readonly target: SnowflakeTarget } =>
  place.target.type === 'snowflake';

function placeOf(project: OpenProject, { target: named }: TableName): Place {
  const { settings } = project;
  const name = named ?? settings.targetName;
  if (name === settings.targetName) return { name, settings, target: settings.target };
  const other = otherTarget(project, name).settings;
  const { target } = other;
  return {
    name,
    settings: other,
    target: target.type === 'duckdb' ? { ...target, path: readableFile(target) } : target,
  };
}
