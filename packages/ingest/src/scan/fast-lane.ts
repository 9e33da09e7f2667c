import type { Field, FieldKind } from '../reading/field.js';
import type { FileReading } from '../reading/reading.js';
import { MAX_RECORD_BYTES } from './bytes.js';
import type { KeyOrder } from './key-order.js';
import { isPlainValue } from './plain-value.js';
import type { RecordSink } from './sink.js';

// Constants of this module are folded into the loops.
const LF = 10;
const CR = 13;
const QUOTE = 34;
const COMMA = 44;
const BACKSLASH = 92;
const POINT = 46;
const ZERO = 48;

const KEY = 0;
const INT = 1;
const EPOCH = 2;
const DOUBLE = 3;
const TEXT = 4;
const FIXED = 5;

const CODES: Record<FieldKind, number> = {
  int: INT,
  epochSeconds: EPOCH,
  double: DOUBLE,
  text: TEXT,
  dateTime: FIXED,
  date: FIXED,
  boolean: FIXED,
  uuid: FIXED,
};

// How many digits certainly fit: into 32 bits, into 64 bits, into the years up to 9999, into a double.
const KEY_DIGITS = 9;
const INT_DIGITS = 18;
const EPOCH_DIGITS = 11;
const DOUBLE_DIGITS = 100;

/** Ends a value without quotes. */
const BARE_STOP = stops(LF, CR, QUOTE, COMMA, 0);
/** Needs a look inside quotes. */
const QUOTED_STOP = stops(LF, QUOTE, BACKSLASH, 0);

function stops(...bytes: number[]): Uint8Array {
  const table = new Uint8Array(256);
  for (const byte of bytes) table[byte] = 1;
  return table;
}

/**
 * Runs over ordinary records at a nanosecond or two a byte and stops at the first that is not ordinary: that one is for
 * the slow lane. What it accepts the slow lane would accept too, and DuckDB reads it the same way. It trusts that text
 * is valid UTF-8.
 */
export class FastLane {
  records = 0;
  /** The physical line on which the next record begins, from 1. */
  line = 1;
  /** Line breaks within records. */
  lineBreaks = 0;
  /** Line breaks within the last quoted text. */
  #newlines = 0;

  readonly #codes: Uint8Array;
  readonly #fields: readonly Field[];
  readonly #escape: number;
  readonly #order: KeyOrder;
  readonly #sink: RecordSink | undefined;

  constructor(reading: FileReading, order: KeyOrder, sink: RecordSink | undefined) {
    const { fields, key } = reading;
    this.#codes = Uint8Array.from(fields, ({ kind }, column) =>
      kind === 'int' && key.includes(column) ? KEY : CODES[kind],
    );
    this.#fields = fields;
    this.#escape = reading.escape === '"' ? QUOTE : BACKSLASH;
    this.#order = order;
    this.#sink = sink;
  }

  /**
   * Passes over records from `start` on. `end` stands behind a line feed.
   *
   * @returns where the first record begins that was not passed, or `end`.
   */
  run(bytes: Uint8Array, start: number, end: number): number {
    const codes = this.#codes;
    const last = codes.length - 1;
    const sink = this.#sink;
    let { ascending, previous, current } = this.#order;
    let begin = start;
    let records = 0;
    let line = this.line;

    run: while (begin < end) {
      let at = begin;
      let newlines = 0;
      let order = 0;
      let byte = bytes[at]!;
      if (byte === LF || byte === CR) break;
      for (let column = 0; ; column++) {
        const from = at;
        byte = bytes[at]!;
        switch (codes[column]) {
          case KEY: {
            let key = 0;
            while ((byte - ZERO) >>> 0 <= 9) {
              key = (key * 10 + (byte - ZERO)) | 0;
              byte = bytes[++at]!;
            }
            if (at === from || at - from > KEY_DIGITS) break run;
            if (order === 0) order = key - previous[column]!;
            current[column] = key;
            break;
          }
          case INT:
            while ((byte - ZERO) >>> 0 <= 9) byte = bytes[++at]!;
            if (at === from || at - from > INT_DIGITS) at = this.#unusual(bytes, from, column);
            break;
          case EPOCH:
            while ((byte - ZERO) >>> 0 <= 9) byte = bytes[++at]!;
            if (at === from || at - from > EPOCH_DIGITS) at = this.#unusual(bytes, from, column);
            break;
          case DOUBLE:
            while ((byte - ZERO) >>> 0 <= 9) byte = bytes[++at]!;
            if (byte === POINT && at > from) {
              do byte = bytes[++at]!;
              while ((byte - ZERO) >>> 0 <= 9);
            }
            if (BARE_STOP[byte] === 0 || at === from || at - from > DOUBLE_DIGITS)
              at = this.#unusual(bytes, from, column);
            break;
          case TEXT:
            if (byte !== QUOTE) {
              while (BARE_STOP[byte] === 0) byte = bytes[++at]!;
            } else {
              at = this.#quotedText(bytes, at + 1, end);
              newlines += this.#newlines;
            }
            break;
          default:
            at = this.#unusual(bytes, from, column);
        }
        if (at < 0) break run;
        byte = bytes[at]!;
        if (byte === COMMA && column < last) {
          at++;
        } else {
          if (column < last) break run;
          if (byte === LF) at++;
          else if (byte === CR && bytes[at + 1] === LF) at += 2;
          else break run;
          break;
        }
      }
      if (at - begin > MAX_RECORD_BYTES) break;
      if (order <= 0) ascending = false;
      const spare = previous;
      previous = current;
      current = spare;
      if (sink !== undefined) sink.accept(bytes, begin, at, line);
      records++;
      line += 1 + newlines;
      begin = at;
    }
    Object.assign(this.#order, { ascending, previous, current });
    this.records += records;
    this.lineBreaks += line - this.line - records;
    this.line = line;
    return begin;
  }

  /** Passes over text from behind its opening quote. @returns where it stands behind the closing one, or -1. */
  #quotedText(bytes: Uint8Array, from: number, end: number): number {
    const escapes = this.#escape;
    let at = from;
    this.#newlines = 0;
    for (;;) {
      const byte = bytes[at]!;
      const next = bytes[at + 1];
      if (QUOTED_STOP[byte] === 0) at++;
      else if (byte === escapes && (next === QUOTE || (next === BACKSLASH && escapes === BACKSLASH))) at += 2;
      else if (byte === QUOTE) return at + 1;
      else if (byte === BACKSLASH && escapes !== BACKSLASH) at++;
      else if (byte === LF && at + 1 < end) {
        this.#newlines++;
        at++;
      } else return -1;
    }
  }

  /** Passes over a value other than plain digits or text. @returns where its delimiter stands, or -1. */
  #unusual(bytes: Uint8Array, from: number, column: number): number {
    const quoted = bytes[from] === QUOTE;
    const start = quoted ? from + 1 : from;
    let at = start;
    while (BARE_STOP[bytes[at]!] === 0) at++;
    if (quoted && bytes[at] !== QUOTE) return -1;
    const { kind, mayBeEmpty } = this.#fields[column]!;
    const fits = at === start ? mayBeEmpty : kind === 'text' || isPlainValue(kind, bytes, start, at);
    if (!fits) return -1;
    return quoted ? at + 1 : at;
  }
}
