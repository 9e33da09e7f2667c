import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

export type DigestKind = 'CRC-32' | 'CRC-32C' | 'CRC-64/NVME' | 'MD5' | 'SHA-1' | 'SHA-256' | 'SHA-512';

/** A checksum that is being taken, of bytes in the order in which they are given. */
export interface Digest {
  update(bytes: Uint8Array): void;
  /** Ends it. The number as a store tells it: big-endian. */
  take(): Promise<Buffer>;
}

/**
 * Begins checksums of a kind. Those that Node does not have are the SDK's: CRC-32C at some 400 MB/s, CRC-64/NVME at 300 MB/s; they are
 * loaded when they are first needed.
 */
export async function digestsOf(kind: DigestKind): Promise<() => Digest> {
  if (kind === 'CRC-32') return () => new Crc32();
  if (kind === 'CRC-32C' || kind === 'CRC-64/NVME') {
    const { Crc32c, Crc64Nvme } = await import('@aws-sdk/checksums/crc');
    const Crc = kind === 'CRC-32C' ? Crc32c : Crc64Nvme;
    return () => {
      const crc = new Crc();
      return { update: (bytes) => crc.update(bytes), take: async () => Buffer.from(await crc.digest()) };
    };
  }
  return () => {
    const hash = createHash(kind.replace('-', ''));
    return { update: (bytes) => void hash.update(bytes), take: async () => hash.digest() };
  };
}

class Crc32 implements Digest {
  #crc = 0;

  update(bytes: Uint8Array): void {
    this.#crc = crc32(bytes, this.#crc);
  }

  async take(): Promise<Buffer> {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(this.#crc);
    return bytes;
  }
}
