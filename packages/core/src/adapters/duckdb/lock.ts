import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { InterruptedError, type MatineeError, messageOf, WarehouseError } from '../../errors.js';
import { toWarehouseError } from './errors.js';

/** The process that holds a file. What it does and since when is known if it is a Matinee. */
export interface LockHolder {
  readonly pid: number | undefined;
  /** The machine it runs on, where that may be another. */
  readonly host?: string | undefined;
  readonly purpose: string | undefined;
  /** ISO time. */
  readonly since: string | undefined;
}

export interface LockOptions {
  /** How long to wait for another process to let go of the file, in seconds. Default 600. */
  readonly lockTimeout?: number;
  /** Called once when another process holds the file. */
  readonly onWait?: (holder: LockHolder) => void;
  readonly signal?: AbortSignal;
}

const RETRY_MS = 100;

const WRITABLE = 'See that it is a DuckDB file, or none yet, in a folder that may be written to.';

/** Tries `open` until no other process holds the file. */
export async function waitForLock<T>(path: string, open: () => Promise<T>, options: LockOptions): Promise<T> {
  const deadline = Date.now() + (options.lockTimeout ?? 600) * 1000;
  let told = false;
  for (;;) {
    try {
      return await open();
    } catch (error) {
      const failure = toWarehouseError(error);
      if (!/could not set lock|conflicting lock|being used by another process/i.test(failure.message))
        throw notOpened(path, failure);
      const holder = readHolder(path, failure.message);
      if (Date.now() >= deadline) throw lockedError(path, holder, options.lockTimeout ?? 600);
      if (!told) options.onWait?.(holder);
      told = true;
    }
    await sleep(RETRY_MS, undefined, options.signal ? { signal: options.signal } : {}).catch(() => {
      throw new InterruptedError();
    });
  }
}

/** `process 4711 (matinee build, since 12:30:05)`, as much of it as is known. */
export function describeHolder({ pid, host, purpose, since }: LockHolder): string {
  const more = [purpose, since && `since ${since.slice(11, 19)} UTC`].filter(Boolean).join(', ');
  return `${pid ? `process ${pid}` : 'another process'}${host ? ` on ${host}` : ''}${more ? ` (${more})` : ''}`;
}

function notOpened(path: string, failure: MatineeError): MatineeError {
  if (failure.code !== 'STATEMENT_FAILED') return failure;
  return new WarehouseError('WAREHOUSE_OPEN', `The DuckDB file cannot be opened: ${failure.message}`, {
    location: { file: path },
    hint: WRITABLE,
    cause: failure,
  });
}

function lockedError(path: string, holder: LockHolder, seconds: number): WarehouseError {
  return new WarehouseError(
    'WAREHOUSE_LOCKED',
    `The DuckDB file is held by ${describeHolder(holder)}; gave up after ${seconds} s.`,
    {
      location: { file: path },
      hint: 'Let that process end or stop it, or wait longer with --lock-timeout SECONDS.',
    },
  );
}

const holderFile = (path: string) => `${path}.holder.json`;

/**
 * Leaves a note beside the file on who holds it. The lock itself is DuckDB's; the note only explains it, so a full disk goes
 * without.
 *
 * @throws WarehouseError WAREHOUSE_OPEN where nothing may be written beside the file: DuckDB could not either.
 */
export function writeHolder(path: string, purpose: string): void {
  const holder: LockHolder = { pid: process.pid, purpose, since: new Date().toISOString() };
  try {
    // Of a killed process it may belong to somebody else.
    clearHolder(path);
    writeFileSync(holderFile(path), JSON.stringify(holder));
  } catch (cause) {
    if (FULL.has((cause as NodeJS.ErrnoException).code ?? '')) return;
    throw new WarehouseError(
      'WAREHOUSE_OPEN',
      `Nothing can be written beside the DuckDB file: ${messageOf(cause)}.`,
      { location: { file: path }, hint: WRITABLE, cause },
    );
  }
}

const FULL = new Set(['ENOSPC', 'EDQUOT']);

export function clearHolder(path: string): void {
  rmSync(holderFile(path), { force: true });
}

function readHolder(path: string, message: string): LockHolder {
  const pid = Number(/PID (\d+)/.exec(message)?.[1]) || undefined;
  try {
    const noted = JSON.parse(readFileSync(holderFile(path), 'utf8')) as LockHolder;
    if (pid === undefined || noted.pid === pid) return noted;
  } catch {
    // No note, or one half written: the process id is all we know.
  }
  return { pid, purpose: undefined, since: undefined };
}
