import type { FileReading } from '../reading/reading.js';
import type { RecordSink, Reject } from '../scan/sink.js';
import { quotedField, textField } from './csv-text.js';
import { OutputFile } from './output-file.js';
import type { RejectLog } from './reject-log.js';

const CR = 13;
const LF = 10;
const COMMA = Buffer.from(',');
const LINE_FEED = Buffer.from('\n');

/** Fields that a numbered copy has before those of the file: where the record stands in the original. */
export const PLACE_FIELDS = ['_line', '_offset', '_bytes'] as const;

/**
 * Writes the records that fit into a file that DuckDB certainly reads as we do: no blank lines, one kind of line end. Rejects go to the log, if there is one.
 */
export class FileCopy implements RecordSink {
  readonly #output: OutputFile;
  readonly #escape: '"' | '\\';
  readonly #rejects: RejectLog | undefined;
  readonly #numbered: boolean;
  #offset = 0;

  constructor(
    path: string,
    reading: FileReading,
    options: { readonly file: string; readonly rejects?: RejectLog; readonly numbered?: boolean },
  ) {
    this.#output = new OutputFile(path, options.file);
    this.#escape = reading.escape;
    this.#rejects = options.rejects;
    this.#numbered = options.numbered ?? false;
    // DuckDB takes the kind of the first line break for all: that of a header, so that it is not one within quotes.
    const names = [...(this.#numbered ? PLACE_FIELDS : []), ...reading.fields.map(({ name }) => name)];
    this.#output.writeText(`${names.map(textField).join(',')}\n`);
  }

  block(offset: number): void {
    this.#offset = offset;
  }

  accept(bytes: Uint8Array, from: number, to: number, line: number): void {
    let end = to;
    if (bytes[end - 1] === LF) end--;
    if (bytes[end - 1] === CR) end--;
    this.#place(from, end, line);
    this.#output.write(bytes, from, end);
    this.#output.write(LINE_FEED);
  }

  rewrite(values: readonly Uint8Array[], from: number, to: number, line: number): void {
    this.#place(from, to, line);
    for (const [index, value] of values.entries()) {
      if (index > 0) this.#output.write(COMMA);
      this.#output.write(quotedField(value, this.#escape));
    }
    this.#output.write(LINE_FEED);
  }

  reject(reject: Reject): void {
    this.#rejects?.add(reject);
  }

  close(): void {
    this.#output.close();
  }

  #place(from: number, to: number, line: number): void {
    if (this.#numbered) this.#output.writeText(`${line},${this.#offset + from},${to - from},`);
  }
}
