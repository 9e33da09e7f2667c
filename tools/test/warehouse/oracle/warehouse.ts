import { audienceTables } from './audience.js';
import { contentTables } from './content.js';
import { audienceCubes } from './cubes.js';
import type { Delivery } from './delivery.js';
import { rawTables } from './raw.js';
import { recommendationTables } from './recommendation.js';
import { stagingTables, withinBounds } from './staging.js';
import type { ExpectedTable } from './table.js';
import type { Variables } from './variables.js';

/** Every table and view of the warehouse but the snapshot and its cube, which depend on the builds before. */
export function expectedWarehouse(delivery: Delivery, variables: Variables): ExpectedTable[] {
  const bounded = withinBounds(delivery, variables);
  return [
    ...rawTables(delivery),
    ...stagingTables(bounded),
    ...audienceTables(bounded),
    ...audienceCubes(bounded),
    ...contentTables(bounded, variables),
    ...recommendationTables(bounded),
  ];
}
