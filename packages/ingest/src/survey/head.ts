import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { LoadError, messageOf } from '@matinee/core';
import type { Place } from '../places/place.js';

/** A header line must end within these bytes. */
const HEAD_BYTES = 65_536;
const LF = 10;
const CR = 13;

/**
 * The first line of a file, its line end excluded, or what there is of it within 64 KB.
 *
 * @throws LoadError LOAD_GZIP if a `.gz` file is none, LOAD_UNREADABLE if reading fails.
 */
export async function readHead(place: Place, path: string, gzip: boolean): Promise<Buffer> {
  const raw = place.read(path);
  const stream: Readable = gzip ? raw.pipe(createGunzip()) : raw;
  raw.once('error', (error) => stream.destroy(error));
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      length += chunk.length;
      if (chunk.includes(LF) || length >= HEAD_BYTES) break;
    }
  } catch (error) {
    throw readError(place, path, gzip, error);
  } finally {
    raw.destroy();
  }
  const head = Buffer.concat(chunks).subarray(0, HEAD_BYTES);
  const lineFeed = head.indexOf(LF);
  const line = lineFeed < 0 ? head : head.subarray(0, lineFeed);
  return line.at(-1) === CR ? line.subarray(0, -1) : line;
}

/** What a failure to read or to inflate a file means. */
export function readError(place: Place, path: string, gzip: boolean, cause: unknown): LoadError {
  const location = { file: place.locate(path) };
  const isGzipError = gzip && ((cause as NodeJS.ErrnoException).code ?? '').startsWith('Z_');
  return isGzipError
    ? new LoadError('LOAD_GZIP', `${path} is no intact gzip file: ${messageOf(cause)}.`, {
        location,
        hint: 'Deliver the file again, or without .gz in its name if it is not compressed.',
        cause,
      })
    : new LoadError('LOAD_UNREADABLE', `${path} cannot be read: ${messageOf(cause)}.`, {
        location,
        hint: 'Look at the permissions of the file and at the disk.',
        cause,
      });
}
