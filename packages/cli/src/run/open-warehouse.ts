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

type Workspace = Pick<OpenProject, 'settings' | 'root'>;

/** Opens the target's warehouse. @throws WarehouseError WAREHOUSE_MISSING, WAREHOUSE_LOCKED. */
export async function openWarehouse(
  context: Context,
  workspace: Workspace,
  request: OpenRequest,
): Promise<Warehouse> {
  const { target, targetName } = workspace.settings;
  if (request.mustExist && !existsSync(target.path)) {
    throw new WarehouseError('WAREHOUSE_MISSING', `Target '${targetName}' was never built.`, {
      location: { file: target.path },
      hint: 'Build it first: matinee build.',
    });
  }
  return openFile(context, workspace, target.path, request);
}

/**
 * Opens what readers should read: the copy that the last good build published, which nobody ever waits for, or the
 * target's file itself where nothing is published.
 *
 * @throws WarehouseError WAREHOUSE_MISSING, WAREHOUSE_LOCKED.
 */
export async function openForReading(
  context: Context,
  workspace: Workspace,
  options: Omit<OpenRequest, 'readOnly' | 'mustExist'>,
): Promise<Warehouse> {
  const { published } = workspace.settings.target;
  const request = { ...options, readOnly: true, mustExist: true };
  if (published === undefined || !existsSync(published)) return openWarehouse(context, workspace, request);
  return openFile(context, workspace, published, request);
}

/**
 * Opens the target's warehouse for a look at what a build would find. Where it was never built that is an empty one in
 * memory, so that no file appears.
 *
 * @throws WarehouseError WAREHOUSE_LOCKED.
 */
export async function openForPlanning(
  context: Context,
  workspace: Workspace,
  options: WarehouseOptions,
): Promise<Warehouse> {
  const { path } = workspace.settings.target;
  if (!existsSync(path)) return openDuckDb({ path: ':memory:' });
  return openFile(context, workspace, path, { ...options, readOnly: true, mustExist: true });
}

/**
 * Opens the target's own file, which alone knows of every run, or its published copy while somebody builds in it.
 *
 * @throws WarehouseError WAREHOUSE_MISSING, WAREHOUSE_LOCKED.
 */
export async function openLatest(
  context: Context,
  workspace: Workspace,
  options: WarehouseOptions,
): Promise<Warehouse> {
  const { published } = workspace.settings.target;
  const request = { readOnly: true, mustExist: true };
  if (published === undefined || !existsSync(published))
    return openWarehouse(context, workspace, { ...options, ...request });
  try {
    return await openWarehouse(context, workspace, { ...request, lockTimeout: 0 });
  } catch (error) {
    if (!(error instanceof WarehouseError && error.code === 'WAREHOUSE_LOCKED')) throw error;
    const shown = relativeTo(workspace.root, published);
    const { err, colors } = context.terminal;
    err(colors.dim(`another process is building: this is the published copy, ${shown}`));
    return openFile(context, workspace, published, { ...options, ...request });
  }
}

async function openFile(
  context: Context,
  { settings, root }: Workspace,
  path: string,
  { readOnly, onWait, lockTimeout }: OpenRequest,
): Promise<Warehouse> {
  const { memoryLimit, temporaryFolder, maxSpill, engineThreads } = settings.target;
  return openDuckDb({
    path,
    readOnly,
    ...(memoryLimit !== undefined && { memoryLimit }),
    ...(temporaryFolder !== undefined && { temporaryFolder }),
    ...(maxSpill !== undefined && { maxSpill }),
    ...(engineThreads !== undefined && { engineThreads }),
    ...(lockTimeout !== undefined && { lockTimeout }),
    purpose: publicCommandLine(context.argv),
    signal: context.interrupts.signal,
    onWait: onWait ?? ((holder) => tellWaiting(context, holder, path, root)),
  });
}

/** Says on stderr whom this process waits for. */
export function tellWaiting({ terminal }: Context, holder: LockHolder, path: string, root: string): void {
  terminal.err(waitingText(holder, path, root));
}

export function waitingText(holder: LockHolder, path: string, root: string): string {
  return `waiting for ${describeHolder(holder)} to let go of ${relativeTo(root, path)}`;
}
