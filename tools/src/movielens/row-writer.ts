import type { ByteWriter } from './byte-writer.js';
import type { CsvShape } from './csv-shape.js';

const COMMA = 44;
/** Rows between two looks at the buffer: with rows of up to 250 bytes they stay within what it holds beyond a chunk. */
const ROWS_PER_LOOK = 1_024;

/** Writes one CSV table in one shape: field by field, each but the first preceded by `comma`, each row ended by `end`. */
export class RowWriter {
  /** Data rows ended so far. */
  rows = 0;
  private readonly shape: CsvShape;
  private readonly bytes: ByteWriter;
  private readonly lineEnd: Uint8Array;
  private readonly onRows: (rows: number) => void;

  /** @param onRows told the number of rows so far, now and then */
  constructor(shape: CsvShape, bytes: ByteWriter, onRows: (rows: number) => void) {
    this.shape = shape;
    this.bytes = bytes;
    this.lineEnd = Buffer.from(shape.lineEnd, 'latin1');
    this.onRows = onRows;
  }

  header(columns: readonly string[]): void {
    this.bytes.text(columns.map(this.shape.header).join(',') + this.shape.lineEnd);
  }

  comma(): void {
    this.bytes.byte(COMMA);
  }

  int(value: number): void {
    this.bytes.int(value);
  }

  /** A field that is written the same in both shapes, in ASCII. */
  ascii(text: Uint8Array): void {
    this.bytes.bytes(text);
  }

  text(value: string): void {
    this.bytes.text(this.shape.text(value));
  }

  imdb(number: number): void {
    this.bytes.text(this.shape.imdb(number));
  }

  time(seconds: number): void {
    this.shape.time(this.bytes, seconds);
  }

  /** Ends the row; true now and then, when the caller has to await `drain` before the next row. */
  end(): boolean {
    this.bytes.bytes(this.lineEnd);
    return ++this.rows % ROWS_PER_LOOK === 0;
  }

  async drain(): Promise<void> {
    await this.bytes.flushIfFull();
    this.onRows(this.rows);
  }
}
