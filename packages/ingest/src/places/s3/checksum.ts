import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { crc32 } from 'node:zlib';
import type { ObjectFacts } from './bucket.js';

/** A checksum that a file must have. */
export interface Checksum {
  readonly kind: 'CRC-32' | 'SHA-256' | 'SHA-1' | 'MD5';
  readonly hex: string;
}

/**
 * The checksum of a whole object that a store gives and that can be taken here, the cheapest first. The ETag is the MD5 of
 * objects that came in one piece; in directory buckets, and under keys of one's own, it is a number like any.
 */
export function checksumOf(
  { checksums, version, isEncryptedByKey }: ObjectFacts,
  bucket: string,
): Checksum | undefined {
  const { crc32, sha256, sha1 } = checksums;
  const hex = (base64: string) => Buffer.from(base64, 'base64').toString('hex');
  if (crc32) return { kind: 'CRC-32', hex: hex(crc32) };
  if (sha256) return { kind: 'SHA-256', hex: hex(sha256) };
  if (sha1) return { kind: 'SHA-1', hex: hex(sha1) };
  const isMd5 = /^[0-9a-f]{32}$/.test(version) && !isEncryptedByKey && !bucket.endsWith('--x-s3');
  return isMd5 ? { kind: 'MD5', hex: version } : undefined;
}

/** A local file's checksum, as hexadecimal digits. */
export async function takeChecksum(path: string, kind: Checksum['kind']): Promise<string> {
  const input: AsyncIterable<Buffer> = createReadStream(path, { highWaterMark: 1_048_576 });
  if (kind === 'CRC-32') {
    let crc = 0;
    for await (const chunk of input) crc = crc32(chunk, crc);
    return crc.toString(16).padStart(8, '0');
  }
  const hash = createHash(ALGORITHMS[kind]);
  for await (const chunk of input) hash.update(chunk);
  return hash.digest('hex');
}

const ALGORITHMS = { 'SHA-256': 'sha256', 'SHA-1': 'sha1', MD5: 'md5' };
