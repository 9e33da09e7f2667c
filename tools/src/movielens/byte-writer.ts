import type { ByteSink } from './byte-sink.js';

/** Bytes gathered before they are handed to the sink. */
const CHUNK = 1 << 20;
/** Room beyond a chunk: what may be appended between two calls of `flushIfFull`. */
const SLACK = 1 << 18;

/**
 * Gathers the bytes of a file in one of two fixed buffers while the sink takes the other: memory stays bounded however
 * long the file is, and making rows goes on while rows are written. Appending never waits; `flushIfFull` does, so call
 * it at least once every SLACK bytes.
 */
export class ByteWriter {
  private buffer = Buffer.allocUnsafe(CHUNK + SLACK);
  private spare = Buffer.allocUnsafe(CHUNK + SLACK);
  private length = 0;
  private inFlight: Promise<void> = Promise.resolve();
  private readonly sink: ByteSink;

  constructor(sink: ByteSink) {
    this.sink = sink;
  }

  byte(value: number): void {
    this.buffer[this.length++] = value;
  }

  /** Appends a whole number >= 0 (at most 2^31 - 1) in decimal digits. */
  int(value: number): void {
    let digits = 1;
    for (let bound = 10; bound <= value; bound *= 10) digits++;
    const start = this.length;
    let rest = value;
    for (let at = start + digits - 1; at > start; at--) {
      const tenth = (rest / 10) | 0;
      this.buffer[at] = 48 + rest - tenth * 10;
      rest = tenth;
    }
    this.buffer[start] = 48 + rest;
    this.length = start + digits;
  }

  bytes(values: Uint8Array): void {
    const { buffer } = this;
    let at = this.length;
    for (let i = 0; i < values.length; i++) buffer[at++] = values[i]!;
    this.length = at;
  }

  /** Appends text as UTF-8. */
  text(value: string): void {
    this.length += this.buffer.write(value, this.length);
  }

  async flushIfFull(): Promise<void> {
    if (this.length >= CHUNK) await this.flush();
  }

  /** Hands over what is left and waits until the sink has taken all. */
  async finish(): Promise<void> {
    await this.flush();
    await this.inFlight;
  }

  private async flush(): Promise<void> {
    if (this.length > this.buffer.length) throw new RangeError('more than SLACK bytes were appended at once');
    await this.inFlight;
    const full = this.buffer.subarray(0, this.length);
    this.inFlight = this.sink.write(full);
    // A failure is thrown where the promise is next awaited; until then it must not count as unhandled.
    this.inFlight.catch(() => undefined);
    [this.buffer, this.spare] = [this.spare, this.buffer];
    this.length = 0;
  }
}
