import {
  type DeferOptions,
  type DuckDbTarget,
  type LockHolder,
  type SnowflakeTarget,
  UsageError,
  type Warehouse,
} from '@matinee/core';
import type { Context } from '../context.js';
import type { WarehouseOptions } from '../options/common.js';
import type { OpenProject } from '../workspace/open-project.js';
import { attachFile, otherTarget, readableFile, requireBuilt } from './other-target.js';
import { realPath } from './real-path.js';
import { databaseBeside, type NamedTarget, otherEngine } from './same-engine.js';

export interface DeferRequest extends WarehouseOptions {
  /** The name of the target to read from. */
  readonly defer?: string;
  /** Told instead of the line on stderr. */
  readonly onWait?: (holder: LockHolder, path: string) => void;
}

/**
 * Makes the warehouse of another target readable: of a DuckDB target its published copy if there is one, else the file it is
 * built in, is attached; another database of the same Snowflake account can be read as it is.
 *
 * @returns undefined if no other target is named.
 * @throws UsageError TARGET_UNKNOWN, TARGET_KIND, DEFER_SELF; WarehouseError WAREHOUSE_MISSING, WAREHOUSE_LOCKED.
 */
export async function attachDeferred(
  context: Context,
  project: OpenProject,
  warehouse: Warehouse,
  { defer, lockTimeout, onWait }: DeferRequest,
): Promise<DeferOptions | undefined> {
  if (defer === undefined) return undefined;
  const own = { name: project.settings.targetName, target: project.settings.target };
  const other = { name: defer, target: otherTarget(project, defer).settings.target };
  const { schemaPrefix } = other.target;
  const prefix = schemaPrefix === undefined ? {} : { schemaPrefix };
  if (isDuckDb(own) && isDuckDb(other)) {
    const path = readableFile(other.target);
    refuseOwnFile(own, other, path);
    requireBuilt({ name: defer, path });
    const database = `deferred_${defer.replace(/\W/g, '_').toLowerCase()}`;
    await attachFile(context, warehouse, project.root, {
      path,
      database,
      onWait,
      ...(lockTimeout !== undefined && { lockTimeout }),
    });
    return { database, ...prefix };
  }
  if (!isSnowflake(own) || !isSnowflake(other)) throw otherEngine(own, other);
  const beside = databaseBeside(context, own, other);
  if (beside === undefined && (own.target.schemaPrefix ?? '') === (schemaPrefix ?? '')) {
    throw selfError(own.name, defer, 'in the same schemas', 'database or a schemaPrefix');
  }
  return { database: beside ?? ownDatabase(warehouse), ...prefix };
}

const isDuckDb = (named: NamedTarget): named is NamedTarget<DuckDbTarget> => named.target.type === 'duckdb';
const isSnowflake = (named: NamedTarget): named is NamedTarget<SnowflakeTarget> =>
  named.target.type === 'snowflake';

/** The database of a warehouse on Snowflake, by the place it tells. */
const ownDatabase = ({ place }: Warehouse) => place.slice(place.indexOf('/') + 1);

/** A target's own file is open already, and everything in it is read from there anyway. */
function refuseOwnFile(
  { name, target: { path, published } }: NamedTarget<DuckDbTarget>,
  other: NamedTarget<DuckDbTarget>,
  read: string,
): void {
  const own = [path, ...(published === undefined ? [] : [published])].map(realPath);
  if (![other.target.path, read].some((file) => own.includes(realPath(file)))) return;
  throw selfError(name, other.name, 'in one file', 'file', path);
}

function selfError(name: string, other: string, where: string, own: string, file?: string): UsageError {
  return new UsageError(
    'DEFER_SELF',
    `Target '${name}' cannot defer to '${other}': both are built ${where}.`,
    {
      ...(file !== undefined && { location: { file } }),
      hint: `Name another target, which is built in a ${own} of its own.`,
    },
  );
}
