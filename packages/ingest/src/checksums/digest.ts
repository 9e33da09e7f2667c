import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { IHasher } from 'hash-wasm';

export type DigestKind =
  | 'CRC-32'
  | 'CRC-32C'
  | 'CRC-64/NVME'
  | 'XXH64'
  | 'XXH3-64'
  | 'XXH3-128'
  | 'MD5'
  | 'SHA-1'
  | 'SHA-256'
  | 'SHA-512';

/** A checksum that is being taken, of bytes in the order in which they are given. */
export interface Digest {
  update(bytes: Uint8Array): void;
  /** Ends it. The number as a store tells it: big-endian. */
  take(): Buffer;
}

/** Begins a checksum. Those that Node does not have are WebAssembly, loaded when they are first needed. */
export async function beginDigest(kind: DigestKind): Promise<Digest> {
  if (kind === 'CRC-32') return new Crc32();
  const begin = WASM[kind];
  if (begin) {
    const hash = await begin(await import('hash-wasm'));
    return { update: (bytes) => void hash.update(bytes), take: () => Buffer.from(hash.digest('binary')) };
  }
  const hash = createHash(kind.replace('-', ''));
  return { update: (bytes) => void hash.update(bytes), take: () => hash.digest() };
}

/** The polynomials of the CRCs have their bits in reverse, as the published definitions do. */
const WASM: Partial<Record<DigestKind, (wasm: typeof import('hash-wasm')) => Promise<IHasher>>> = {
  'CRC-32C': ({ createCRC32 }) => createCRC32(0x82f63b78),
  'CRC-64/NVME': ({ createCRC64 }) => createCRC64('9a6c9329ac4bc9b5'),
  XXH64: ({ createXXHash64 }) => createXXHash64(),
  'XXH3-64': ({ createXXHash3 }) => createXXHash3(),
  'XXH3-128': ({ createXXHash128 }) => createXXHash128(),
};

class Crc32 implements Digest {
  #crc = 0;

  update(bytes: Uint8Array): void {
    this.#crc = crc32(bytes, this.#crc);
  }

  take(): Buffer {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(this.#crc);
    return bytes;
  }
}
