import { existsSync } from 'node:fs';
import { type DuckDbTarget, type LockHolder, type Warehouse, WarehouseError } from '@matinee/core';
import type { Context } from '../context.js';
import type { WarehouseOptions } from '../options/common.js';
import { resolveSettings, type Settings } from '../options/settings.js';
import type { OpenProject } from '../workspace/open-project.js';
import { tellWaiting } from './open-warehouse.js';

/** A target of the configuration that is not the one a command works on. */
export interface OtherTarget {
  readonly name: string;
  readonly settings: Settings;
}

/** @throws UsageError TARGET_UNKNOWN. */
export function otherTarget(
  { config, root }: Pick<OpenProject, 'config' | 'root'>,
  name: string,
): OtherTarget {
  const settings = resolveSettings({ options: { target: name }, env: {}, config, cwd: root, root });
  return { name, settings };
}

/** The file to read of a target: its published copy if there is one, else the file it is built in. */
export function readableFile({ path, published }: DuckDbTarget): string {
  return published && existsSync(published) ? published : path;
}

/** @throws WarehouseError WAREHOUSE_MISSING. */
export function requireBuilt({ name, path }: { readonly name: string; readonly path: string }): void {
  if (existsSync(path)) return;
  throw new WarehouseError('WAREHOUSE_MISSING', `Target '${name}' was never built.`, {
    location: { file: path },
    hint: `Build it first: matinee build --target ${name}.`,
  });
}

export interface AttachRequest extends WarehouseOptions {
  /** Absolute. */
  readonly path: string;
  /** The alias to read it by. */
  readonly database: string;
  /** Told instead of the line on stderr. */
  readonly onWait?: ((holder: LockHolder, path: string) => void) | undefined;
}

/** Attaches a file to an open warehouse for reading. @throws WarehouseError WAREHOUSE_LOCKED. */
export async function attachFile(
  context: Context,
  warehouse: Warehouse,
  root: string,
  { path, database, lockTimeout, onWait }: AttachRequest,
): Promise<void> {
  await warehouse.attach?.(database, path, {
    ...(lockTimeout !== undefined && { lockTimeout }),
    onWait: (holder) => (onWait ? onWait(holder, path) : tellWaiting(context, holder, path, root)),
    signal: context.interrupts.signal,
  });
}
