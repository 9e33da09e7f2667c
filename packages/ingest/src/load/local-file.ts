import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { InterruptedError, LoadError } from '@matinee/core';
import type { Place, WantedFile } from '../places/place.js';
import { readError } from '../survey/head.js';
import { temporaryFolderError } from './output-file.js';

export interface LocalFileOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called with the share that is done, from 0 to 1; never where nothing has to be copied or unpacked. */
  readonly onShare?: ((share: number) => void) | undefined;
}

/** The shares of the time that go into copying a file that has to be unpacked as well: over a line, or out of an archive. */
const FETCHING = 0.9;
const COPYING = 0.5;

/**
 * A delivered file as plain CSV on the local disk. A `.gz` is unpacked first: DuckDB would read it in one thread, and
 * take one that breaks off or fails its checksum for complete.
 *
 * @param folder for what has to be copied or unpacked
 * @throws LoadError LOAD_GZIP, LOAD_UNREADABLE, LOAD_TEMPORARY_FOLDER or what the place throws; InterruptedError.
 */
export async function plainLocalFile(
  place: Place,
  file: WantedFile,
  folder: string,
  { signal, onShare }: LocalFileOptions = {},
): Promise<string> {
  const gzip = file.path.endsWith('.gz');
  const copying = place.isRemote ? FETCHING : COPYING;
  let copied = 0;
  const path = await place.bringLocal(file, folder, {
    signal,
    onBytes: (bytes) => {
      copied = file.bytes === 0 ? 0 : (bytes / file.bytes) * (gzip ? copying : 1);
      onShare?.(copied);
    },
  });
  if (!gzip) return path;
  const target = join(folder, 'unpacked.csv');
  await unpack(place, file, path, target, {
    signal,
    onShare: (share) => onShare?.(copied + share * (1 - copied)),
  });
  if (dirname(path) === folder) await rm(path, { force: true });
  return target;
}

async function unpack(
  place: Place,
  file: WantedFile,
  path: string,
  target: string,
  { signal, onShare }: LocalFileOptions,
): Promise<void> {
  let bytes = 0;
  let contentEnd = 0;
  const counter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const last = chunk.findLastIndex((byte) => byte !== 0);
      if (last >= 0) contentEnd = bytes + last + 1;
      bytes += chunk.length;
      onShare?.(bytes / file.bytes);
      done(null, chunk);
    },
  });
  const gunzip = createGunzip();
  const output = createWriteStream(target);
  let outputFailed = false;
  output.once('error', (error: NodeJS.ErrnoException) => {
    outputFailed = error.syscall === 'write' || error.syscall === 'open';
  });
  const input = createReadStream(path, { highWaterMark: 1_048_576 });
  try {
    await pipeline(input, counter, gunzip, output, signal ? { signal } : {});
  } catch (error) {
    if (signal?.aborted) throw new InterruptedError();
    throw outputFailed
      ? temporaryFolderError(target, error, place.locate(file.path))
      : readError(place, file.path, true, error);
  }
  if (contentEnd > gunzip.bytesWritten)
    throw trailingBytes(place, file.path, contentEnd - gunzip.bytesWritten);
}

/** zlib takes whatever follows a zero byte behind a gzip member for padding, be it another member that is damaged. */
function trailingBytes(place: Place, path: string, bytes: number): LoadError {
  return new LoadError(
    'LOAD_GZIP',
    `${path} is no intact gzip file: ${bytes.toLocaleString('en')} bytes at its end are no gzip.`,
    {
      location: { file: place.locate(path) },
      hint: 'Deliver the file again: it may be damaged, with rows in what cannot be read.',
    },
  );
}
