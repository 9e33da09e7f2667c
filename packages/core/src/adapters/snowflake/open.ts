import type { Warehouse } from '../adapter.js';
import { loadDriver } from './driver.js';
import type { SnowflakeOptions } from './options.js';
import { SnowflakeWarehouse } from './warehouse.js';

/**
 * Opens a database of a Snowflake account, for writing by this process alone or for reading. For reading, nothing is asked
 * of Snowflake before the first session.
 *
 * @throws WarehouseError SNOWFLAKE_DRIVER if the driver is not installed; WAREHOUSE_LOCKED after the timeout; SNOWFLAKE_… and
 * WAREHOUSE_UNREACHABLE if the login fails. InterruptedError.
 */
export async function openSnowflake(options: SnowflakeOptions): Promise<Warehouse> {
  const warehouse = new SnowflakeWarehouse(await loadDriver(options.onDriverLog), options);
  if (!options.readOnly) await warehouse.acquireLease(options);
  return warehouse;
}
