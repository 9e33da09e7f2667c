import type { DeliveredFile } from '@matinee/core';

/** Larger files take so long that a transaction of their own is nothing beside it. */
const SMALL_BYTES = 2_097_152;
const BATCH_FILES = 256;
const BATCH_BYTES = 33_554_432;

/** Files in their order, in groups that are loaded together: small ones of one shape that follow each other, others alone. */
export function batchesOf(files: readonly DeliveredFile[]): readonly (readonly DeliveredFile[])[] {
  const batches: DeliveredFile[][] = [];
  let bytes = 0;
  for (const file of files) {
    const batch = batches.at(-1);
    const [first] = batch ?? [];
    const joins =
      batch !== undefined &&
      file.shape === first?.shape &&
      Math.max(file.bytes, first.bytes) <= SMALL_BYTES &&
      batch.length < BATCH_FILES &&
      bytes + file.bytes <= BATCH_BYTES;
    if (joins) batch.push(file);
    else batches.push([file]);
    bytes = joins ? bytes + file.bytes : file.bytes;
  }
  return batches;
}
