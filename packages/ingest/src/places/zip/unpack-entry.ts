import { createReadStream, createWriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, crc32, createInflateRaw } from 'node:zlib';
import { InterruptedError, LoadError } from '@matinee/core';
import type yauzl from 'yauzl';
import { temporaryFolderError } from '../../load/output-file.js';
import type { BringOptions } from '../place.js';
import { wrongChecksum } from './zip-errors.js';

export const STORED = 0;
export const DEFLATED = 8;

/** The first bytes of an entry from the first packed ones. */
export async function unpackHead(
  packed: Buffer,
  { compressionMethod }: yauzl.Entry,
  bytes: number,
): Promise<Buffer> {
  if (compressionMethod === STORED) return packed.subarray(0, bytes);
  const inflater = createInflateRaw({ finishFlush: constants.Z_SYNC_FLUSH });
  inflater.end(packed);
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of inflater as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= bytes) break;
  }
  return Buffer.concat(chunks).subarray(0, bytes);
}

/**
 * Unpacks an entry from a local file into another and makes sure of its size and checksum.
 *
 * @param from where its packed bytes begin
 * @param name the entry as errors name it
 * @throws LoadError LOAD_ZIP_CHECKSUM, LOAD_TEMPORARY_FOLDER; zlib's own errors; InterruptedError.
 */
export async function unpackEntry(
  entry: yauzl.Entry,
  from: { readonly path: string; readonly start: number },
  target: string,
  name: string,
  { signal, onBytes }: BringOptions,
): Promise<void> {
  const { compressedSize, uncompressedSize } = entry;
  const end = from.start + compressedSize - 1;
  if (compressedSize === 0)
    return writeFile(target, '').catch((error) => {
      throw temporaryFolderError(target, error, name);
    });
  const input = createReadStream(from.path, { start: from.start, end, highWaterMark: 1_048_576 });
  const output = createWriteStream(target);
  let outputError: unknown;
  output.once('error', (error: NodeJS.ErrnoException) => {
    if (error.syscall === 'write' || error.syscall === 'open') outputError = error;
  });
  let bytes = 0;
  let crc = 0;
  const check = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      crc = crc32(chunk, crc);
      // An archive may lie about sizes to fill the disk.
      if (bytes > uncompressedSize) return done(sizeError(name, uncompressedSize));
      onBytes?.(bytes);
      done(null, chunk);
    },
  });
  const steps = entry.compressionMethod === STORED ? [check] : [createInflateRaw(), check];
  try {
    await pipeline([input, ...steps, output], signal ? { signal } : {});
  } catch (error) {
    if (signal?.aborted) throw new InterruptedError();
    throw outputError ? temporaryFolderError(target, outputError, name) : error;
  }
  if (bytes !== uncompressedSize) throw sizeError(name, uncompressedSize);
  if (crc !== entry.crc32) throw wrongChecksum(name, crc, entry.crc32);
}

function sizeError(file: string, expected: number): LoadError {
  return new LoadError(
    'LOAD_ZIP_CHECKSUM',
    `${file} is damaged: it does not have the ${expected.toLocaleString('en')} bytes that the archive says.`,
    { location: { file }, hint: 'Deliver the archive again.' },
  );
}
