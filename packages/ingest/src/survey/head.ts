import { constants, createGunzip } from 'node:zlib';
import { LoadError, messageOf } from '@matinee/core';
import type { Place, WantedFile } from '../places/place.js';

/** A header line must end within these bytes. */
const HEAD_BYTES = 65_536;
const LF = 10;
const CR = 13;

/** The beginning of a file, unpacked: the first 64 KB of its plain bytes, or all that the first 64 KB of a `.gz` give. */
export interface Head {
  readonly bytes: Buffer;
  /** Whether the file ends here. */
  readonly whole: boolean;
}

/** @throws LoadError LOAD_GZIP if a `.gz` file is none; what the place throws if reading fails. */
export async function readHead(
  place: Place,
  file: WantedFile,
  gzip: boolean,
  signal?: AbortSignal,
): Promise<Head> {
  const raw = await place.head(file, HEAD_BYTES, signal);
  const isWhole = raw.length >= file.bytes;
  if (!gzip || place.unpacksHeads) return { bytes: raw, whole: isWhole };
  try {
    return await unpack(raw, isWhole);
  } catch (error) {
    throw readError(place, file.path, true, error);
  }
}

/** The first line of a head, its line end excluded, or all of it. */
export function firstLine({ bytes }: Head): Buffer {
  const lineFeed = bytes.indexOf(LF);
  const line = lineFeed < 0 ? bytes : bytes.subarray(0, lineFeed);
  return line.at(-1) === CR ? line.subarray(0, -1) : line;
}

async function unpack(raw: Buffer, isWhole: boolean): Promise<Head> {
  // Without a sync flush, bytes that end amid the file would count as broken.
  const gunzip = createGunzip(isWhole ? {} : { finishFlush: constants.Z_SYNC_FLUSH });
  gunzip.end(raw);
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of gunzip as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > HEAD_BYTES) return { bytes: Buffer.concat(chunks).subarray(0, HEAD_BYTES), whole: false };
  }
  return { bytes: Buffer.concat(chunks), whole: isWhole };
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
