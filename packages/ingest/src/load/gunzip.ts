import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { LoadError, messageOf } from '@matinee/core';

/** Unpacks a gzipped file. @throws LoadError LOAD_FILE_UNREADABLE if it is damaged or cut off. */
export async function gunzip(from: string, to: string, signal: AbortSignal | undefined): Promise<void> {
  try {
    await pipeline(createReadStream(from), createGunzip(), createWriteStream(to), signal ? { signal } : {});
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new LoadError('LOAD_FILE_UNREADABLE', `The file cannot be unpacked: ${messageOf(error)}.`, {
      location: { file: from },
      hint: 'Is it whole? Deliver it again.',
      cause: error,
    });
  }
}
