import { closeSync, openSync, writeSync } from 'node:fs';
import type { FileReading } from '../reading/reading.js';
import { CR, LF, QUOTE } from '../scan/bytes.js';
import type { RecordSink, Reject } from '../scan/sink.js';
import { LINE } from './reader-sql.js';

const BUFFER_BYTES = 1_048_576;

/**
 * Writes a copy of a file that holds the records that fit, each with the line it began on as its last value, in a form
 * that DuckDB's reader takes without question. What does not fit is handed on.
 */
export class CleanCopy implements RecordSink {
  readonly #file: number;
  readonly #escape: number;
  readonly #onReject: (reject: Reject) => void;
  readonly #buffer = Buffer.allocUnsafe(BUFFER_BYTES);
  #filled = 0;

  constructor(path: string, reading: FileReading, onReject: (reject: Reject) => void) {
    this.#file = openSync(path, 'wx', 0o600);
    this.#escape = reading.escape.charCodeAt(0);
    this.#onReject = onReject;
    this.#write(Buffer.from(`${[...reading.fields.map(({ name }) => name), LINE].join(',')}\n`));
  }

  block(): void {}

  accept(bytes: Uint8Array, from: number, to: number, line: number): void {
    let end = to;
    if (bytes[end - 1] === LF) end--;
    if (bytes[end - 1] === CR) end--;
    this.#write(bytes.subarray(from, end));
    this.#endRecord(line);
  }

  rewrite(values: readonly Uint8Array[], _from: number, _to: number, line: number): void {
    values.forEach((value, index) => {
      this.#write(Buffer.from(index === 0 ? '"' : ',"'));
      this.#write(this.#escaped(value));
      this.#write(Buffer.from('"'));
    });
    this.#endRecord(line);
  }

  reject(reject: Reject): void {
    this.#onReject(reject);
  }

  close(): void {
    this.#flush();
    closeSync(this.#file);
  }

  #endRecord(line: number): void {
    this.#write(Buffer.from(`,${line}\n`));
  }

  #escaped(value: Uint8Array): Uint8Array {
    const bytes: number[] = [];
    for (const byte of value) {
      if (byte === QUOTE || byte === this.#escape) bytes.push(this.#escape);
      bytes.push(byte);
    }
    return Uint8Array.from(bytes);
  }

  #write(bytes: Uint8Array): void {
    if (bytes.length > BUFFER_BYTES - this.#filled) this.#flush();
    if (bytes.length > BUFFER_BYTES) {
      writeAll(this.#file, bytes);
      return;
    }
    this.#buffer.set(bytes, this.#filled);
    this.#filled += bytes.length;
  }

  #flush(): void {
    writeAll(this.#file, this.#buffer.subarray(0, this.#filled));
    this.#filled = 0;
  }
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
}
