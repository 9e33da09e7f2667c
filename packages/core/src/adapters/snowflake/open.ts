import type { Warehouse } from '../adapter.js';
import { loadDriver } from './driver.js';
import type { SnowflakeOptions } from './options.js';
import { SnowflakeWarehouse } from './warehouse.js';

/**
 * Opens a database of a Snowflake account. Nothing is asked of it before the first session.
 *
 * @throws WarehouseError SNOWFLAKE_DRIVER if the driver is not installed.
 */
export async function openSnowflake(options: SnowflakeOptions): Promise<Warehouse> {
  return new SnowflakeWarehouse(await loadDriver(options.onDriverLog), options);
}
