import { rm } from 'node:fs/promises';
import { LoadError } from '@matinee/core';
import type { BringOptions, WantedFile } from '../place.js';
import { s3Url } from './address.js';
import type { Bucket, ObjectVersion } from './bucket.js';
import type { Checksum } from './checksum.js';
import { download } from './download.js';
import { findMismatch } from './find-mismatch.js';

/** A wrong checksum may be the line's fault, but not twice. */
const ATTEMPTS = 2;

/**
 * Brings a whole object into a file and makes sure of its bytes, as far as the store says anything about them. Where its
 * checksum may be counted otherwise, what comes twice as the same bytes is believed.
 *
 * @throws LoadError LOAD_S3_CHECKSUM, and what {@link download} throws.
 */
export async function bringObject(
  bucket: Bucket,
  { key, version, bytes }: ObjectVersion & Pick<WantedFile, 'bytes'>,
  target: string,
  options: BringOptions,
): Promise<void> {
  const { signal } = options;
  let before: string | undefined;
  for (let attempt = 1; ; attempt++) {
    // What the store says of the object is asked for while the object comes.
    const { checksum } = await bothOrNone(
      bucket.look(key, version, signal),
      download(bucket, { key, version }, { start: 0, length: bytes }, target, options),
    );
    if (!checksum) return;
    const found = await findMismatch(bucket, { key, version, bytes }, checksum, target, signal);
    if (found === undefined || (found === before && !checksum.isCertain)) return;
    before = found;
    await rm(target, { force: true });
    if (attempt === ATTEMPTS) throw wrongChecksum(s3Url({ bucket: bucket.name, key }), checksum, found);
  }
}

/** Waits for both, so that nothing goes on behind an error. The second's error is the better one to know. */
async function bothOrNone<T>(one: Promise<T>, other: Promise<void>): Promise<T> {
  const [first, second] = await Promise.allSettled([one, other]);
  if (second.status === 'rejected') throw second.reason;
  if (first.status === 'rejected') throw first.reason;
  return first.value;
}

function wrongChecksum(file: string, { kind, hex, parts }: Checksum, found: string): LoadError {
  const of = parts === undefined ? '' : ` (of parts: ${parts})`;
  return new LoadError(
    'LOAD_S3_CHECKSUM',
    `${file} has come with other bytes than the store holds: their ${kind}${of} is ${found}, the store says ${hex}.`,
    { location: { file }, hint: 'Load again. If it stays so, deliver the file again.' },
  );
}
