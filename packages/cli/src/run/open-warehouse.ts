import { existsSync } from 'node:fs';
import { describeHolder, type LockHolder, openDuckDb, type Warehouse, WarehouseError } from '@matinee/core';
import type { Context } from '../context.js';
import type { WarehouseOptions } from '../options/common.js';
import { relativeTo } from '../output/to-json.js';
import type { OpenProject } from '../workspace/open-project.js';
import { publicCommandLine } from './command-line.js';

export interface OpenRequest extends WarehouseOptions {
  readonly readOnly: boolean;
  /** Whether a warehouse that is not there yet is an error, not an empty one. */
  readonly mustExist: boolean;
  /** Told instead of the line on stderr. */
  readonly onWait?: (holder: LockHolder) => void;
}

/** Opens the target's warehouse. @throws WarehouseError WAREHOUSE_MISSING, WAREHOUSE_LOCKED. */
export async function openWarehouse(
  context: Context,
  { settings, root }: Pick<OpenProject, 'settings' | 'root'>,
  { readOnly, mustExist, onWait, lockTimeout }: OpenRequest,
): Promise<Warehouse> {
  const { target, targetName } = settings;
  if (mustExist && !existsSync(target.path)) {
    throw new WarehouseError('WAREHOUSE_MISSING', `Target '${targetName}' was never built.`, {
      location: { file: target.path },
      hint: 'Build it first: matinee build.',
    });
  }
  const { path, memoryLimit, temporaryFolder, engineThreads } = target;
  return openDuckDb({
    path,
    readOnly,
    ...(memoryLimit !== undefined && { memoryLimit }),
    ...(temporaryFolder !== undefined && { temporaryFolder }),
    ...(engineThreads !== undefined && { engineThreads }),
    ...(lockTimeout !== undefined && { lockTimeout }),
    purpose: publicCommandLine(context.argv),
    signal: context.interrupts.signal,
    onWait: onWait ?? ((holder) => context.terminal.err(waitingText(holder, path, root))),
  });
}

export function waitingText(holder: LockHolder, path: string, root: string): string {
  return `waiting for ${describeHolder(holder)} to let go of ${relativeTo(root, path)}`;
}
