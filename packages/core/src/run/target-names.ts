import { Namer } from '../materialize/names.js';
import type { RunOptions } from './run-options.js';

/** How the nodes of a target are called while it is built. */
export function targetNames({ warehouse, schemaPrefix }: RunOptions): Namer {
  return new Namer(warehouse.dialect, schemaPrefix, undefined, warehouse.fence);
}
