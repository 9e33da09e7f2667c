import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { type DeliveredFile, InterruptedError, LoadError } from '@matinee/core';
import type { Place } from '../places/place.js';
import { readError } from '../survey/head.js';
import { temporaryFolderError } from './output-file.js';

/**
 * A delivered file as plain CSV on the local disk. A `.gz` is unpacked first: DuckDB would read it in one thread, and
 * take one that breaks off or fails its checksum for complete.
 *
 * @param onBytes called with the compressed bytes done so far
 * @throws LoadError LOAD_GZIP, LOAD_UNREADABLE or LOAD_TEMPORARY_FOLDER; InterruptedError.
 */
export async function plainLocalFile(
  place: Place,
  path: string,
  folder: string,
  options: { readonly signal?: AbortSignal | undefined; readonly onBytes?: (bytes: number) => void },
): Promise<string> {
  if (!path.endsWith('.gz')) return place.bringLocal(path, folder);
  const target = join(folder, 'unpacked.csv');
  let bytes = 0;
  const counter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      options.onBytes?.(bytes);
      done(null, chunk);
    },
  });
  const output = createWriteStream(target);
  let outputFailed = false;
  output.once('error', (error: NodeJS.ErrnoException) => {
    outputFailed = error.syscall === 'write' || error.syscall === 'open';
  });
  try {
    const signal = options.signal ? { signal: options.signal } : {};
    await pipeline(place.read(path), counter, createGunzip(), output, signal);
  } catch (error) {
    if (options.signal?.aborted) throw new InterruptedError();
    throw outputFailed ? temporaryFolderError(target, error) : readError(place, path, true, error);
  }
  return target;
}

/** @throws LoadError LOAD_FILE_CHANGED if the file is no longer the one that was surveyed. */
export async function requireUnchanged(place: Place, file: DeliveredFile): Promise<void> {
  const { bytes, modifiedAt } = await place.look(file.path);
  if (bytes === file.bytes && modifiedAt === file.modifiedAt) return;
  throw new LoadError('LOAD_FILE_CHANGED', `${file.path} has changed since the load began.`, {
    location: { file: place.locate(file.path) },
    hint: 'Load again once the delivery is complete.',
  });
}
