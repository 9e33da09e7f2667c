import { takeChecksum, takePartsChecksum } from '../../checksums/take-checksum.js';
import { inParallel } from '../../in-parallel.js';
import type { Bucket, ObjectVersion } from './bucket.js';
import type { Checksum } from './checksum.js';

/** How many parts are asked for side by side. */
const AT_ONCE = 8;

/**
 * Compares the bytes of a copy with a checksum that the store gives.
 *
 * Where the parts of an object begin is not told with a checksum of parts. But stores tell the size of each part, one a
 * request, and nearly all programs upload parts of one size: so the first is asked for, and the others only if the checksum
 * does not fit.
 *
 * @returns the checksum of the copy, as hexadecimal digits, if it is another one; undefined if it is the same, or if the store
 * does not tell the sizes of the parts
 */
export async function findMismatch(
  bucket: Bucket,
  { bytes, ...object }: ObjectVersion & { readonly bytes: number },
  { kind, hex, parts }: Checksum,
  copy: string,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const unless = (found: string) => (found === hex ? undefined : found);
  if (parts === undefined) return unless(await takeChecksum(copy, kind, signal));
  const first = await bucket.sizeOfPart(object, 1, parts, signal);
  if (first === undefined) return undefined;
  const even = evenSizes(bytes, first, parts);
  const foundEven = even && (await takePartsChecksum(copy, kind, even, signal));
  if (foundEven === hex) return undefined;
  const others = Array.from({ length: parts - 1 }, (_, index) => index + 2);
  const sizes = await inParallel(others, AT_ONCE, (number) =>
    bucket.sizeOfPart(object, number, parts, signal),
  );
  const known = [first, ...sizes.filter((size) => size !== undefined)];
  if (known.length < parts || known.reduce((sum, size) => sum + size, 0) !== bytes) return undefined;
  const isEven = even?.every((size, index) => size === known[index]);
  return isEven ? foundEven : unless(await takePartsChecksum(copy, kind, known, signal));
}

/** The sizes of parts if all but the last are as large as the first; undefined if they cannot be. */
export function evenSizes(bytes: number, first: number, parts: number): readonly number[] | undefined {
  const last = bytes - first * (parts - 1);
  if (last <= 0 || last > first) return undefined;
  return [...Array.from({ length: parts - 1 }, () => first), last];
}
