import { InterruptedError, type RunResult, type Warehouse } from '@matinee/core';
import type { Settings } from '../options/settings.js';
import { isCurrentCopy } from './copy-state.js';
import type { Reporter } from './reporter.js';

/**
 * Puts a copy of the warehouse in place for readers, if the target has one: after a good run, unless the copy that is there
 * holds the same already. It need not be this run that published the rest: earlier ones may have failed in part or have
 * been stopped while they copied.
 *
 * @throws WarehouseError PUBLISH_COPY, InterruptedError; the old copy then stays.
 */
export async function publishCopy(
  result: RunResult,
  warehouse: Warehouse,
  { target }: Settings,
  reporter: Reporter,
  signal: AbortSignal,
): Promise<void> {
  if (target.type !== 'duckdb') return;
  const { published, schemaPrefix } = target;
  if (published === undefined || result.status !== 'ok' || result.command === 'test') return;
  const hasPublished = result.nodes.some((node) => node.status === 'ok');
  if (!hasPublished && (await isCurrentCopy(warehouse, published, schemaPrefix, signal))) return;
  reporter.copying(published);
  const copy = await warehouse.copyTo?.(published, signal).catch((error: unknown) => {
    if (!(error instanceof InterruptedError)) throw error;
    throw new InterruptedError('The copy for readers was interrupted: the old one stays, the run is done.');
  });
  if (copy) reporter.copied(published, copy);
}
