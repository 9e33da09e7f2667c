import { existsSync } from 'node:fs';
import { InterruptedError, type RunResult, type Warehouse } from '@matinee/core';
import type { Settings } from '../options/settings.js';
import type { Reporter } from './reporter.js';

/**
 * Puts a copy of the warehouse in place for readers, if the target has one: after a good run that published something,
 * or as long as there is none.
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
  const { published } = target;
  if (published === undefined || !isDue(result, published)) return;
  reporter.copying(published);
  const copy = await warehouse.copyTo?.(published, signal).catch((error: unknown) => {
    if (!(error instanceof InterruptedError)) throw error;
    throw new InterruptedError('The copy for readers was interrupted: the old one stays, the run is done.');
  });
  if (copy) reporter.copied(published, copy);
}

function isDue({ status, command, nodes }: RunResult, published: string): boolean {
  if (status !== 'ok' || command === 'test') return false;
  return nodes.some((node) => node.status === 'ok') || !existsSync(published);
}
