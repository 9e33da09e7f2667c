import { createReadStream } from 'node:fs';
import { InterruptedError } from '@matinee/core';
import { beginDigest, type DigestKind } from './digest.js';

const BLOCK_BYTES = 1_048_576;

/** A local file's checksum, as hexadecimal digits. @throws InterruptedError. */
export async function takeChecksum(path: string, kind: DigestKind, signal?: AbortSignal): Promise<string> {
  const digest = await beginDigest(kind);
  for await (const block of blocksOf(path, signal)) digest.update(block);
  return digest.take().toString('hex');
}

/**
 * The checksum of the checksums of a local file's parts, as hexadecimal digits: what a store gives for an object that came in
 * these parts.
 *
 * @param sizes the bytes of each part, together the file's. @throws InterruptedError.
 */
export async function takePartsChecksum(
  path: string,
  kind: DigestKind,
  sizes: readonly number[],
  signal?: AbortSignal,
): Promise<string> {
  const whole = await beginDigest(kind);
  let part = await beginDigest(kind);
  let ended = 0;
  let left = sizes[0] ?? 0;
  const endParts = async () => {
    while (left === 0 && ended < sizes.length) {
      whole.update(part.take());
      part = await beginDigest(kind);
      left = sizes[++ended] ?? 0;
    }
  };
  await endParts();
  for await (const block of blocksOf(path, signal)) {
    for (let start = 0; start < block.length && left > 0; await endParts()) {
      const bytes = block.subarray(start, start + left);
      part.update(bytes);
      start += bytes.length;
      left -= bytes.length;
    }
  }
  return whole.take().toString('hex');
}

async function* blocksOf(path: string, signal: AbortSignal | undefined): AsyncGenerator<Buffer> {
  for await (const block of createReadStream(path, { highWaterMark: BLOCK_BYTES })) {
    if (signal?.aborted) throw new InterruptedError();
    yield block as Buffer;
  }
}
