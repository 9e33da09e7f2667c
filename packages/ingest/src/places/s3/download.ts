import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { InterruptedError } from '@matinee/core';
import { inParallel } from '../../in-parallel.js';
import { temporaryFolderError } from '../../load/output-file.js';
import type { BringOptions } from '../place.js';
import type { ByteRange } from '../zip/archive.js';
import { s3Url } from './address.js';
import type { Bucket, ObjectVersion } from './bucket.js';
import { ShortBody, WrongRange } from './fault.js';

/** One connection seldom fills the line; more than a few do not make it faster. */
const AT_ONCE = 4;
const PIECE_BYTES = 8_388_608;
/** What has to come before a connection that breaks again counts as a first failure. */
const GETTING_ON_BYTES = 262_144;

/**
 * Brings a range of an object into a file, piece by piece and several at a time. What breaks off goes on where it was.
 * The file appears under its name only when all bytes have come.
 *
 * @throws LoadError LOAD_FILE_CHANGED if the object is replaced meanwhile, LOAD_S3…, LOAD_TEMPORARY_FOLDER; InterruptedError.
 */
export async function download(
  bucket: Bucket,
  object: ObjectVersion,
  range: ByteRange,
  target: string,
  { signal, onBytes }: BringOptions,
): Promise<void> {
  const partial = `${target}.part`;
  const name = s3Url({ bucket: bucket.name, key: object.key });
  const file = await open(partial, 'w').catch((error) => {
    throw temporaryFolderError(partial, error, name);
  });
  const giveUp = new AbortController();
  const stop = () => giveUp.abort();
  if (signal?.aborted) stop();
  signal?.addEventListener('abort', stop);
  let done = 0;
  try {
    await inParallel(piecesOf(range), AT_ONCE, async (piece) => {
      try {
        await fetchPiece(bucket, object, piece, giveUp.signal, async (bytes, offset) => {
          await writeAt(file, bytes, offset - range.start).catch((error) => {
            throw temporaryFolderError(partial, error, name);
          });
          done += bytes.length;
          onBytes?.(done);
        });
      } catch (error) {
        stop();
        throw error;
      }
    });
  } catch (error) {
    await file.close();
    await rm(partial, { force: true });
    throw signal?.aborted ? new InterruptedError() : error;
  } finally {
    signal?.removeEventListener('abort', stop);
  }
  await file.close();
  await rename(partial, target);
}

function piecesOf({ start, length }: ByteRange): readonly ByteRange[] {
  const count = Math.ceil(length / PIECE_BYTES);
  return Array.from({ length: count }, (_, index) => {
    const offset = index * PIECE_BYTES;
    return { start: start + offset, length: Math.min(PIECE_BYTES, length - offset) };
  });
}

async function fetchPiece(
  bucket: Bucket,
  object: ObjectVersion,
  { start, length }: ByteRange,
  signal: AbortSignal,
  take: (bytes: Buffer, offset: number) => Promise<void>,
): Promise<void> {
  let done = 0;
  let before = 0;
  const fetchRest = async () => {
    before = done;
    // A connection may break when all has come.
    if (done === length) return;
    const body = await bucket.open(object, { start: start + done, length: length - done }, signal);
    for await (const chunk of body as AsyncIterable<Buffer>) {
      if (done + chunk.length > length) throw new WrongRange();
      await take(chunk, start + done);
      done += chunk.length;
    }
    if (done < length) throw new ShortBody();
  };
  const hasGotOn = () => done - before >= GETTING_ON_BYTES;
  await bucket.persist({ action: 'read', key: object.key }, signal, fetchRest, hasGotOn);
}

async function writeAt(file: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let written = 0; written < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, written, bytes.length - written, position + written);
    written += bytesWritten;
  }
}
