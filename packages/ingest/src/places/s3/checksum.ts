import type { HeadObjectOutput } from '@aws-sdk/client-s3';
import type { DigestKind } from '../../checksums/digest.js';

/** What a store says of the bytes of an object. */
export interface Checksum {
  readonly kind: DigestKind;
  readonly hex: string;
  /** Set if it is the checksum of the checksums of so many parts. */
  readonly parts?: number;
  /**
   * Whether it is certainly counted as we do. How an ETag of parts comes about is what Amazon says of its own; of other stores
   * some count it in the same way, and some in theirs.
   */
  readonly isCertain: boolean;
}

/** Where an object lies, as far as its ETag depends on it. */
export interface Whereabouts {
  readonly bucket: string;
  readonly isAmazons: boolean;
}

/** The checksum that a store gives of an object, its ETag included. Undefined if there is none that can be taken here. */
export function checksumOf(head: HeadObjectOutput, where: Whereabouts): Checksum | undefined {
  return storedChecksum(head) ?? checksumOfEtag(head, where);
}

function storedChecksum(head: HeadObjectOutput): Checksum | undefined {
  const [kind, text] = textsOf(head).find(([, text]) => text !== undefined) ?? [];
  if (kind === undefined || text === undefined) return undefined;
  const [base64 = '', suffix] = text.split('-');
  const checksum = { kind, hex: Buffer.from(base64, 'base64').toString('hex'), isCertain: true };
  if (suffix !== undefined) return { ...checksum, parts: Number(suffix) };
  const parts = PARTS.exec(head.ETag ?? '')?.[2];
  // Of an object in parts it may be either, where the store does not say.
  if (head.ChecksumType === undefined && parts !== undefined) return undefined;
  if (head.ChecksumType !== 'COMPOSITE') return checksum;
  return parts === undefined ? undefined : { ...checksum, parts: Number(parts) };
}

function textsOf(head: HeadObjectOutput): readonly (readonly [DigestKind, string | undefined])[] {
  return [
    ['CRC-32', head.ChecksumCRC32],
    ['CRC-32C', head.ChecksumCRC32C],
    ['CRC-64/NVME', head.ChecksumCRC64NVME],
    ['XXH64', head.ChecksumXXHASH64],
    ['XXH3-64', head.ChecksumXXHASH3],
    ['XXH3-128', head.ChecksumXXHASH128],
    ['SHA-1', head.ChecksumSHA1],
    ['SHA-256', head.ChecksumSHA256],
    ['SHA-512', head.ChecksumSHA512],
    ['MD5', head.ChecksumMD5],
  ];
}

/**
 * The ETag is the MD5 of an object that came in one piece, and the MD5 of the MD5s of its parts otherwise (`…-3`); in directory
 * buckets, and under keys of one's own, it is a number like any.
 */
function checksumOfEtag(
  { ETag = '', ServerSideEncryption, SSECustomerAlgorithm }: HeadObjectOutput,
  { bucket, isAmazons }: Whereabouts,
): Checksum | undefined {
  const isUnderKey = /kms/.test(ServerSideEncryption ?? '') || SSECustomerAlgorithm !== undefined;
  if (isUnderKey || bucket.endsWith('--x-s3')) return undefined;
  const [, hex, parts] = PARTS.exec(ETag) ?? MD5.exec(ETag) ?? [];
  if (hex === undefined) return undefined;
  if (parts === undefined) return { kind: 'MD5', hex, isCertain: true };
  return { kind: 'MD5', hex, parts: Number(parts), isCertain: isAmazons };
}

const MD5 = /^"?([0-9a-f]{32})"?$/;
const PARTS = /^"?([0-9a-f]{32})-([1-9][0-9]{0,4})"?$/;
