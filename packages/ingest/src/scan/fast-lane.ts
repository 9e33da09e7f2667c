import type { Field, FieldKind } from '../reading/field.js';
import type { FileReading } from '../reading/reading.js';
import { MAX_RECORD_BYTES } from './bytes.js';
import { type FixedKind, hasForm } from './formats.js';
import type { KeyOrder } from './key-order.js';
import type { RecordSink } from './sink.js';

// Constants of this module are folded into the loops; imported ones are looked up for every byte.
const LF = 10;
const CR = 13;
const QUOTE = 34;
const COMMA = 44;
const BACKSLASH = 92;
const PLUS = 43;
const MINUS = 45;
const POINT = 46;
const ZERO = 48;
const LOWER_E = 101;

const INT = 0;
const EPOCH = 1;
const DOUBLE = 2;
const TEXT = 3;
const FIXED = 4;
const KEY = 5;

const CODES: Partial<Record<FieldKind, number>> = {
  int: INT,
  epochSeconds: EPOCH,
  double: DOUBLE,
  text: TEXT,
};

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
 * Runs over ordinary records at about a nanosecond a byte and stops at the first that is not ordinary: that one is for
 * the slow lane. What it accepts the slow lane would accept too, and DuckDB reads it the same way.
 */
export class FastLane {
  records = 0;
  /** The physical line at which the next record begins, from 1. */
  line = 1;

  readonly #codes: Uint8Array;
  readonly #mayBeEmpty: Uint8Array;
  readonly #kinds: readonly FixedKind[];
  readonly #escape: number;
  readonly #order: KeyOrder;
  readonly #sink: RecordSink | undefined;

  constructor(reading: FileReading, order: KeyOrder, sink: RecordSink | undefined) {
    this.#codes = Uint8Array.from(reading.fields, ({ kind }: Field, index) =>
      kind === 'int' && reading.key.includes(index) ? KEY : (CODES[kind] ?? FIXED),
    );
    this.#mayBeEmpty = Uint8Array.from(reading.fields, ({ mayBeEmpty }) => (mayBeEmpty ? 1 : 0));
    this.#kinds = reading.fields.map(({ kind }) => kind as FixedKind);
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
    const mayBeEmpty = this.#mayBeEmpty;
    const quoteEscape = this.#escape;
    const last = codes.length - 1;
    const order = this.#order;
    const values = order.values;
    const sink = this.#sink;
    let begin = start;
    let records = 0;
    let line = this.line;

    run: while (begin < end) {
      let at = begin;
      let newlines = 0;
      if (bytes[at] === LF || bytes[at] === CR) break;
      for (let column = 0; column <= last; column++) {
        const quoted = bytes[at] === QUOTE;
        if (quoted) at++;
        let from = at;
        const code = codes[column];
        if (code === TEXT) {
          if (!quoted) {
            while (BARE_STOP[bytes[at]!] === 0) at++;
          } else {
            for (;;) {
              const byte = bytes[at]!;
              if (QUOTED_STOP[byte] === 0) {
                at++;
              } else if (byte === QUOTE) {
                if (quoteEscape !== QUOTE || bytes[at + 1] !== QUOTE) break;
                at += 2;
              } else if (byte === BACKSLASH) {
                if (quoteEscape !== BACKSLASH) at++;
                else if (bytes[at + 1] === QUOTE || bytes[at + 1] === BACKSLASH) at += 2;
                else break run;
              } else if (byte === LF && at + 1 < end) {
                newlines++;
                at++;
              } else {
                break run;
              }
            }
          }
        } else if (code === FIXED) {
          while (BARE_STOP[bytes[at]!] === 0) at++;
          if (at === from ? mayBeEmpty[column] === 0 : !hasForm(this.#kinds[column]!, bytes, from, at))
            break run;
        } else {
          const negative = bytes[at] === MINUS;
          if (negative) from = ++at;
          let low = 0;
          let digit = (bytes[at]! - ZERO) >>> 0;
          if (code === KEY) {
            while (digit <= 9) {
              low = (low * 10 + digit) | 0;
              digit = (bytes[++at]! - ZERO) >>> 0;
            }
          } else {
            while (digit <= 9) digit = (bytes[++at]! - ZERO) >>> 0;
          }
          const digits = at - from;
          if (digits === 0) {
            // An empty value, unless a sign stands alone.
            if (negative || mayBeEmpty[column] === 0) break run;
          } else if (code === DOUBLE) {
            if (bytes[at] === POINT) {
              const point = at++;
              while ((bytes[at]! - ZERO) >>> 0 <= 9) at++;
              if (at === point + 1) break run;
            }
            if (at - from > 100) break run;
            if ((bytes[at]! | 32) === LOWER_E) {
              at++;
              if (bytes[at] === MINUS || bytes[at] === PLUS) at++;
              const exponent = at;
              while ((bytes[at]! - ZERO) >>> 0 <= 9) at++;
              if (at === exponent || at > exponent + 2) break run;
            }
          } else if (code === KEY) {
            // Nine digits fit into 32 bits.
            if (digits > 9) break run;
            values[column] = negative ? -low : low;
          } else if (digits > (code === INT ? 18 : negative ? 10 : 11)) {
            break run;
          }
        }
        if (quoted) {
          if (bytes[at] !== QUOTE) break run;
          at++;
        }
        const byte = bytes[at];
        if (column < last) {
          if (byte !== COMMA) break run;
          at++;
        } else if (byte === LF) {
          at++;
        } else if (byte === CR && bytes[at + 1] === LF) {
          at += 2;
        } else {
          break run;
        }
      }
      if (at - begin > MAX_RECORD_BYTES) break;
      if (order.ascending) order.next();
      if (sink !== undefined) sink.accept(bytes, begin, at, line);
      records++;
      line += 1 + newlines;
      begin = at;
    }
    this.records += records;
    this.line = line;
    return begin;
  }
}
