import { spawn } from 'node:child_process';
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InterruptedError, messageOf, WarehouseError } from '../../errors.js';
import { removeLeftovers } from './process-files.js';
import { sameFile } from './same-file.js';

const script = fileURLToPath(new URL('./copy-file.mjs', import.meta.url));
const ATTEMPTS = 3;

/** How the copying process ended. */
type Outcome = 'copied' | 'changed meanwhile';

/**
 * Puts a copy of an open DuckDB file at `to` by renaming. A checkpoint while it is copied would tear the copy, so then it
 * is made anew.
 *
 * @param checkpoint brings all that is committed into the file
 * @returns the size of the copy in bytes
 * @throws WarehouseError PUBLISH_COPY, InterruptedError. What stood at `to` then stands there still.
 */
export async function putCopy(
  from: string,
  to: string,
  checkpoint: () => Promise<unknown>,
  signal?: AbortSignal,
): Promise<number> {
  const temporary = `${to}.${process.pid}.tmp`;
  try {
    if (sameFile(from, to)) throw new Error('it is the warehouse itself.');
    mkdirSync(dirname(to), { recursive: true });
    removeLeftovers(to, /^\.(\d+)\.tmp$/);
    for (let attempt = 1; ; attempt++) {
      signal?.throwIfAborted();
      await checkpoint();
      if ((await copyApart(from, temporary, signal)) === 'copied') break;
      if (attempt === ATTEMPTS) throw new Error('it was written to while it was copied.');
    }
    signal?.throwIfAborted();
    const { size } = statSync(temporary);
    // A log that an older copy's reader left would be taken for the new one's.
    rmSync(`${to}.wal`, { force: true });
    renameSync(temporary, to);
    syncFolder(dirname(to));
    return size;
  } catch (error) {
    discard(temporary);
    if (signal?.aborted) throw new InterruptedError();
    throw copyError(to, error);
  }
}

/**
 * In a process of its own, because locks on files belong to processes: were this one to open the file for copying, it
 * would lose DuckDB's lock as soon as it closed it again.
 */
function copyApart(from: string, to: string, signal: AbortSignal | undefined): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, from, to], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, NODE_OPTIONS: '' },
      killSignal: 'SIGKILL',
      ...(signal && { signal }),
    });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    child.on('error', (error) => {
      // An aborted one is waited for until it is gone.
      if (error.name !== 'AbortError') reject(error);
    });
    child.on('close', (code, killedBy) => {
      if (code === 0) resolve('copied');
      else if (code === 3) resolve('changed meanwhile');
      else reject(new Error(said.trim() || `the copying process ended with ${killedBy ?? code}.`));
    });
  });
}

function discard(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // The next copy tries again, or overwrites it.
  }
}

/** So that the new name outlasts a power cut. Not every system can do it. */
function syncFolder(folder: string): void {
  try {
    const descriptor = openSync(folder, 'r');
    try {
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch {
    // Then the old copy may come back after a power cut, whole as well.
  }
}

function copyError(to: string, cause: unknown): WarehouseError {
  const reason = messageOf(cause);
  return new WarehouseError('PUBLISH_COPY', `No copy of the warehouse could be put in place: ${reason}`, {
    location: { file: to },
    hint: `${hintFor(reason)} What stood there before stands there still.`,
    cause,
  });
}

function hintFor(reason: string): string {
  if (/ENOSPC|EDQUOT|EFBIG/.test(reason))
    return 'Free disk space: while it is made, the copy needs its size again.';
  if (/EACCES|EPERM|EROFS|EISDIR|ENOTDIR|EEXIST/.test(reason))
    return 'Name a file, in a folder that may be written to.';
  if (/the warehouse itself/.test(reason)) return 'Name another file.';
  return 'Publish again when nothing else writes to the warehouse.';
}
