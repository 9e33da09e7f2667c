import { existsSync } from 'node:fs';
import {
  type DuckDbTarget,
  describeHolder,
  type LockHolder,
  openDuckDb,
  type Warehouse,
  WarehouseError,
} from '@matinee/core';
import type { Context } from '../context.js';
import type { WarehouseOptions } from '../options/common.js';
import { relativeTo } from '../output/to-json.js';
import type { OpenProject } from '../workspace/open-project.js';
import { publicCommandLine } from './command-line.js';
import { openSnowflakeTarget } from './open-snowflake.js';

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
  if (target.type === 'snowflake') return openSnowflakeTarget(context, target, workspace.root, request);
  if (request.mustExist && !existsSync(target.path)) {
    throw new WarehouseError('WAREHOUSE_MISSING', `Target '${targetName}' was never built.`, {
      location: { file: target.path },
      hint: 'Build it first: matinee build.',
    });
  }
  return openFile(context, workspace, { target, path: target.path }, request);
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
  const request = { ...options, readOnly: true, mustExist: true };
  const copy = publishedFile(workspace);
  return copy ? openFile(context, workspace, copy, request) : openWarehouse(context, workspace, request);
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
  const { target } = workspace.settings;
  if (target.type === 'duckdb' && !existsSync(target.path)) return openDuckDb({ path: ':memory:' });
  return openWarehouse(context, workspace, { ...options, readOnly: true, mustExist: true });
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
  const request = { readOnly: true, mustExist: true };
  const copy = publishedFile(workspace);
  if (!copy) return openWarehouse(context, workspace, { ...options, ...request });
  try {
    return await openWarehouse(context, workspace, { ...request, lockTimeout: 0 });
  } catch (error) {
    if (!(error instanceof WarehouseError && error.code === 'WAREHOUSE_LOCKED')) throw error;
    const shown = relativeTo(workspace.root, copy.path);
    const { err, colors } = context.terminal;
    err(colors.dim(`another process is building: this is the published copy, ${shown}`));
    return openFile(context, workspace, copy, { ...options, ...request });
  }
}

/** A DuckDB file, and the target that it belongs to. */
interface TargetFile {
  readonly target: DuckDbTarget;
  readonly path: string;
}

/** The copy for readers, if there is one by now. */
function publishedFile({ settings: { target } }: Workspace): TargetFile | undefined {
  const path = target.type === 'duckdb' ? target.published : undefined;
  return target.type === 'duckdb' && path !== undefined && existsSync(path) ? { target, path } : undefined;
}

async function openFile(
  context: Context,
  { root }: Workspace,
  { target, path }: TargetFile,
  { readOnly, onWait, lockTimeout }: OpenRequest,
): Promise<Warehouse> {
  const { memoryLimit, temporaryFolder, maxSpill, engineThreads } = target;
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
