import { openSnowflake, resolveSnowflake, type SnowflakeTarget, type Warehouse } from '@matinee/core';
import type { Context } from '../context.js';
import { publicCommandLine } from './command-line.js';
import { type OpenRequest, tellWaiting } from './open-warehouse.js';

/**
 * Opens a target on Snowflake. Whether it was ever built, its ledger tells.
 *
 * @throws UsageError SNOWFLAKE_OPTION, SNOWFLAKE_KEY; WarehouseError WAREHOUSE_LOCKED, WAREHOUSE_UNREACHABLE, SNOWFLAKE_….
 */
export async function openSnowflakeTarget(
  context: Context,
  target: SnowflakeTarget,
  root: string,
  { readOnly, lockTimeout, onWait }: Omit<OpenRequest, 'mustExist'>,
): Promise<Warehouse> {
  const connection = resolveSnowflake(target, context.env);
  const place = `${connection.account}/${connection.database}`;
  return openSnowflake({
    ...connection,
    ...(target.schemaPrefix !== undefined && { schemaPrefix: target.schemaPrefix }),
    ...(lockTimeout !== undefined && { lockTimeout }),
    readOnly,
    purpose: publicCommandLine(context.argv),
    signal: context.interrupts.signal,
    onWait: onWait ?? ((holder) => tellWaiting(context, holder, place, root)),
  });
}
