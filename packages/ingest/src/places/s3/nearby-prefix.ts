import { LoadError } from '@matinee/core';
import type { Nearby } from '../nearby.js';
import { s3Url } from './address.js';
import type { Bucket, Listing } from './bucket.js';

/**
 * What lies in the nearest prefix above one under which there is nothing, up to the first page of it; undefined if that may not
 * be listed.
 *
 * @param prefix ends in a slash
 * @throws LoadError LOAD_S3_BUCKET_MISSING; InterruptedError.
 */
export async function nearbyPrefix(
  bucket: Bucket,
  prefix: string,
  signal?: AbortSignal,
): Promise<Nearby | undefined> {
  let wanted = prefix.slice(0, -1);
  for (;;) {
    const above = wanted.slice(0, wanted.lastIndexOf('/') + 1);
    const listing = await firstPage(bucket, above, signal);
    if (!listing) return undefined;
    const keys = [...listing.prefixes, ...listing.objects.map(({ key }) => key)];
    const names = keys.map((key) => key.slice(above.length)).filter((name) => name !== '');
    if (names.length > 0 || above === '') {
      const folder = s3Url({ bucket: bucket.name, key: above });
      return { folder, wanted: wanted.slice(above.length), names: names.sort(), isWhole: listing.isWhole };
    }
    wanted = above.slice(0, -1);
  }
}

/** Whether there is an object of this very key. */
export async function isObject(bucket: Bucket, key: string, signal?: AbortSignal): Promise<boolean> {
  // It would be the first: every other key that begins like it is longer.
  const listing = await firstPage(bucket, key, signal);
  return listing?.objects[0]?.key === key;
}

/**
 * Undefined if the store refuses it: the error that this explains is the one to tell.
 *
 * @throws LoadError LOAD_S3_BUCKET_MISSING, which a look at an object does not tell from a missing object.
 */
async function firstPage(bucket: Bucket, prefix: string, signal?: AbortSignal): Promise<Listing | undefined> {
  return bucket.list(prefix, { onlyHere: true, firstPage: true, signal }).catch((error: unknown) => {
    if (error instanceof LoadError && error.code !== 'LOAD_S3_BUCKET_MISSING') return undefined;
    throw error;
  });
}
