import { crc32 } from 'node:zlib';
import { takeChecksum } from './take-checksum.js';

/**
 * The checksum by which files of the local disk are known again, taken while they are read anyway. A CRC-32 costs a tenth of what a
 * scan does; together with the size it is what archives go by, too.
 */
export class FileChecksum {
  #crc = 0;

  update(bytes: Uint8Array): void {
    this.#crc = crc32(bytes, this.#crc);
  }

  /** As the ledger keeps it: the kind, and hexadecimal digits. */
  get text(): string {
    return textOf(this.#crc.toString(16).padStart(8, '0'));
  }
}

/** The {@link FileChecksum} of a whole file. @throws what reading it does; InterruptedError. */
export async function fileChecksum(path: string, signal?: AbortSignal): Promise<string> {
  return textOf(await takeChecksum(path, 'CRC-32', signal));
}

function textOf(digits: string): string {
  return `crc32:${digits}`;
}
