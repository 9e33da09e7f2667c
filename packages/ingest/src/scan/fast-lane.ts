import type { Field, FieldKind } from '../reading/field.js';
import type { FileReading } from '../reading/reading.js';
import { BACKSLASH, MAX_RECORD_BYTES, QUOTE } from './bytes.js';
import { KeyOrder } from './key-order.js';
import { instantiateLane, type LaneModule } from './lane-module.js';
import type { RecordSink } from './sink.js';

/** A block is read at once; before it stands the beginning of a record that the last one broke off. */
export const BLOCK_BYTES = 1_048_576;
/** One byte more for the line feed that a last line may lack. */
const ROOM_BYTES = MAX_RECORD_BYTES + BLOCK_BYTES + 1;
/** How far the module reads behind the bytes it judges. */
const OVERREAD_BYTES = 128;

/** As in assembly/kinds.ts, and how many digits certainly fit: into 64 bits, the years up to 9999, a double. */
const KINDS: Record<FieldKind, readonly [code: number, digits: number]> = {
  int: [1, 18],
  epochSeconds: [2, 11],
  double: [3, 63],
  text: [4, 0],
  dateTime: [5, 0],
  date: [6, 0],
  boolean: [7, 0],
  uuid: [8, 0],
};
/** Keys are compared in 32 bits. */
const KEY = [0, 9] as const;
const MAY_BE_EMPTY = 0x80;
const COLUMN_BYTES = 4;

/**
 * Runs over ordinary records at a fraction of a nanosecond a byte and stops at the first that is not ordinary: that one
 * is for the slow lane. What it accepts the slow lane would accept too, and DuckDB reads it the same way. It trusts
 * that text is valid UTF-8.
 *
 * The work is done by a WebAssembly module, compiled from `assembly/`, on bytes in its own memory.
 */
export class FastLane {
  records = 0;
  /** The physical line on which the next record begins, from 1. */
  line = 1;
  /** Line breaks within records. */
  lineBreaks = 0;
  /** The room for the bytes to scan. */
  readonly bytes: Buffer;
  readonly order: KeyOrder;

  readonly #module: LaneModule;
  /** Where the room begins in the module's memory. */
  readonly #at: number;

  constructor(reading: FileReading, sink: RecordSink | undefined) {
    const { fields, key } = reading;
    // In the memory stand the columns, the keys of two records, the room for the bytes, and the map of their digits.
    const keysAt = fields.length * COLUMN_BYTES;
    this.#at = Math.ceil((3 * keysAt) / 64) * 64;
    const mapAt = this.#at + Math.ceil((ROOM_BYTES + OVERREAD_BYTES) / 64) * 64;
    const module = instantiateLane(mapAt + (mapAt - this.#at) / 8 + 16, (from, to, line) =>
      sink?.accept(this.bytes, from - this.#at, to - this.#at, this.line + line),
    );
    const { buffer } = module.memory;
    const columns = fields.map((field, column) => columnOf(field, key.includes(column)));
    new Uint8Array(buffer).set(
      columns.flatMap((column, index) => [...column, index + 1 === columns.length ? 1 : 0]),
    );
    this.order = new KeyOrder(reading, new Int32Array(buffer, keysAt, fields.length));
    this.bytes = Buffer.from(buffer, this.#at, ROOM_BYTES);
    module.mapRoom(this.#at, mapAt);
    const quoteEscape = reading.escape === '"' ? QUOTE : BACKSLASH;
    module.open(fields.length, keysAt, quoteEscape, MAX_RECORD_BYTES, sink ? 1 : 0);
    this.#module = module;
  }

  /** Looks at bytes that have changed, before a run over them. */
  look(start: number, end: number): void {
    this.#module.mapDigits(this.#at + start, this.#at + end);
  }

  /**
   * Passes over records from `start` on. `end` stands behind a line feed.
   *
   * @returns where the first record begins that was not passed, or `end`.
   */
  run(start: number, end: number): number {
    const { ascending, records, lineBreaks } = this.#module;
    ascending.value = this.order.ascending ? 1 : 0;
    const next = this.#module.run(this.#at + start, this.#at + end) - this.#at;
    this.order.ascending = ascending.value === 1;
    this.records += records.value;
    this.lineBreaks += lineBreaks.value;
    this.line += records.value + lineBreaks.value;
    return next;
  }
}

function columnOf({ kind, mayBeEmpty }: Field, isKey: boolean): readonly number[] {
  const [code, digits] = isKey && kind === 'int' ? KEY : KINDS[kind];
  return [code | (mayBeEmpty ? MAY_BE_EMPTY : 0), digits, 0];
}
