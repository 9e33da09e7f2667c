import { UsageError } from '@matinee/core';

/** What an `s3://` URL names. */
export interface S3Address {
  readonly bucket: string;
  /** The rest, as it stands: nothing is decoded, for any character may be part of a key. */
  readonly key: string;
}

/**
 * @param url `s3://bucket`, `s3://bucket/prefix` or `s3://bucket/path/to.zip`
 * @throws UsageError SOURCE_S3. It does not repeat the URL: somebody may have written a password into it.
 */
export function parseS3Url(url: string): S3Address {
  const [, bucket = '', key = ''] = /^s3:\/\/([^/]*)(?:\/(.*))?$/is.exec(url) ?? [];
  if (!BUCKET.test(bucket)) {
    throw new UsageError('SOURCE_S3', 'The s3:// URL names no bucket, or one that cannot be.', {
      hint: 'Write s3://bucket/prefix or s3://bucket/file.zip. Credentials do not belong into it: see docs/configuration.md.',
    });
  }
  return { bucket, key };
}

/** Generous: other stores than Amazon's allow more than Amazon does today. */
const BUCKET = /^[a-z0-9][a-z0-9._-]{1,253}[a-z0-9]$/i;

export function s3Url({ bucket, key }: S3Address): string {
  return `s3://${bucket}/${key}`;
}
