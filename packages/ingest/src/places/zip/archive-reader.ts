import yauzl from 'yauzl';
import type { Archive } from './archive.js';

const WINDOW_BYTES = 65_536;

/** Gives yauzl an archive's bytes. It asks for some dozen at a time, so a piece is read ahead: far away each read counts. */
export class ArchiveReader extends yauzl.RandomAccessReader {
  readonly #archive: Archive;
  #window: Buffer = Buffer.alloc(0);
  #windowStart = 0;

  constructor(archive: Archive) {
    super();
    this.#archive = archive;
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null, bytesRead?: number) => void,
  ): void {
    this.#bytes(position, length).then(
      (bytes) => callback(null, bytes.copy(buffer, offset)),
      (error: Error) => callback(error),
    );
  }

  async #bytes(position: number, length: number): Promise<Buffer> {
    const from = position - this.#windowStart;
    if (from >= 0 && from + length <= this.#window.length) return this.#window.subarray(from, from + length);
    const left = Math.max(this.#archive.facts.bytes - position, 0);
    const window = await this.#archive.read({
      start: position,
      length: Math.min(Math.max(length, WINDOW_BYTES), left),
    });
    this.#window = window;
    this.#windowStart = position;
    return window.subarray(0, length);
  }
}
