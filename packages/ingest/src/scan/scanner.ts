import { isUtf8 } from 'node:buffer';
import { firstCharacters } from '@matinee/core';
import type { FileReading } from '../reading/reading.js';
import { BACKSLASH, CR, LF, MAX_RECORD_BYTES, QUOTE } from './bytes.js';
import { FastLane } from './fast-lane.js';
import { latin1 } from './formats.js';
import { judge } from './judge.js';
import { NOT_CLOSED, type ParsedField, parseRecord, resolvedValue } from './record.js';
import type { RecordSink, Reject } from './sink.js';

const RAW_CHARACTERS = 10_000;
const TOO_LONG = `The line is longer than ${MAX_RECORD_BYTES.toLocaleString('en')} bytes.`;

/**
 * Finds the records of a file and judges each. A record either fits its columns or is rejected with its line; blank
 * lines are neither. Where quotes are broken only the first physical line is rejected and the next one begins a new
 * record, so one stray quote cannot swallow what follows. A record of several lines counts as broken, too, if it has
 * the wrong number of fields or a line break where no text belongs.
 *
 * Without a sink it only proves a file: it stops at the first record that DuckDB would take otherwise, and where line
 * breaks stand inside quotes, in which its parallel reader can lose its way.
 */
export class Scanner {
  /** Records rejected so far. */
  rejected = 0;
  /** False once a scan without a sink has met what DuckDB would, or might, take otherwise. */
  clean = true;

  readonly #reading: FileReading;
  readonly #sink: RecordSink | undefined;
  readonly #lane: FastLane;
  readonly #escape: number;
  readonly #hasText: boolean;
  #slowRecords = 0;
  #skipping = false;

  constructor(reading: FileReading, sink?: RecordSink) {
    this.#reading = reading;
    this.#sink = sink;
    this.#lane = new FastLane(reading, sink);
    this.#escape = reading.escape === '"' ? QUOTE : BACKSLASH;
    this.#hasText = reading.fields.some(({ kind }) => kind === 'text');
  }

  /** The room for the bytes to scan. */
  get bytes(): Buffer {
    return this.#lane.bytes;
  }

  /** Records that fit. */
  get records(): number {
    return this.#lane.records + this.#slowRecords;
  }

  /** Whether the keys of the records that fit rose from each to the next. */
  get keysAscend(): boolean {
    return this.#lane.order.ascending;
  }

  /** Whether line breaks stand inside records. */
  get multiline(): boolean {
    return this.#lane.lineBreaks > 0;
  }

  /** Passes over the header line, which has been checked before. */
  skipHeader(): void {
    this.#lane.line++;
  }

  /**
   * Passes over the records that begin in `start … filled` of its bytes.
   *
   * @param offset where they begin in the file
   * @param last whether the file ends here; the bytes then end in a line feed
   * @returns where the first record begins that needs more bytes; at most {@link MAX_RECORD_BYTES} are left.
   */
  consume(start: number, filled: number, offset: number, last: boolean): number {
    const { bytes } = this;
    this.#sink?.block(offset);
    const end = filled > 0 ? bytes.lastIndexOf(LF, filled - 1) + 1 : 0;
    let at = this.#skipping ? this.#skipLine(bytes, start, filled) : start;
    // Fields of numbers and times are pure ASCII by their form.
    const ordinary = !this.#hasText || isUtf8(bytes.subarray(at, Math.max(at, end)));
    if (ordinary && at < end) this.#lane.look(at, end);
    while (at < end && this.clean) {
      if (ordinary) at = this.#lane.run(at, end);
      if (at >= end) break;
      const full = this.#skipBlankLines(bytes, at, end);
      if (full > at) {
        at = full;
        continue;
      }
      const next = this.#record(bytes, at, end, last || filled - at > MAX_RECORD_BYTES);
      if (next === at) break;
      at = next;
    }
    if (!this.#sink && this.multiline) this.clean = false;
    if (this.clean && at >= end && filled - at > MAX_RECORD_BYTES) {
      this.#reject(bytes, at, filled, null, TOO_LONG);
      this.#skipping = true;
      return filled;
    }
    return at;
  }

  #skipLine(bytes: Uint8Array, start: number, filled: number): number {
    const lineFeed = bytes.indexOf(LF, start);
    if (lineFeed < 0 || lineFeed >= filled) return filled;
    this.#skipping = false;
    this.#lane.line++;
    return lineFeed + 1;
  }

  /** However many there are: a small archive can hold millions. @returns where the first line begins that is none. */
  #skipBlankLines(bytes: Uint8Array, start: number, end: number): number {
    let at = start;
    for (; at < end; this.#lane.line++) {
      if (bytes[at] === LF) at++;
      else if (bytes[at] === CR && bytes[at + 1] === LF) at += 2;
      else break;
    }
    return at;
  }

  /** Takes one record the slow way. @returns where the next begins, or `start` if this one needs more bytes. */
  #record(bytes: Uint8Array, start: number, end: number, decide: boolean): number {
    const { fields } = this.#reading;
    const parsed = parseRecord(bytes, start, end, this.#escape);
    if (parsed.outcome === 'open') {
      return decide ? this.#rejectLine(bytes, start, parsed.field, NOT_CLOSED) : start;
    }
    if (parsed.outcome === 'broken') return this.#rejectLine(bytes, start, parsed.field, parsed.reason);
    const { fields: found, to, next } = parsed;
    const newlines = found.reduce((sum, field) => sum + field.newlines, 0);
    if (newlines > 0) {
      const odd = found.findIndex((field, index) => field.newlines > 0 && fields[index]?.kind !== 'text');
      if (found.length !== fields.length || odd >= 0 || next - start > MAX_RECORD_BYTES) {
        const broken = odd >= 0 ? odd : found.findIndex((field) => field.newlines > 0);
        return this.#rejectLine(bytes, start, broken, NOT_CLOSED);
      }
    }
    this.#judge(bytes, start, to, found);
    this.#lane.line += 1 + newlines;
    this.#lane.lineBreaks += newlines;
    return next;
  }

  #judge(bytes: Uint8Array, start: number, to: number, found: readonly ParsedField[]): void {
    const { fields } = this.#reading;
    if (to - start > MAX_RECORD_BYTES) {
      this.#reject(bytes, start, to, null, TOO_LONG);
      return;
    }
    if (found.length !== fields.length) {
      const values = found.length === 1 ? '1 value' : `${found.length} values`;
      this.#reject(bytes, start, to, null, `The row has ${values}, the header has ${fields.length}.`);
      return;
    }
    const values = found.map((field) => resolvedValue(bytes, field, this.#escape));
    for (const [index, field] of fields.entries()) {
      const reason = judge(field, values[index]!);
      if (reason) {
        this.#reject(bytes, start, to, field.name, reason);
        return;
      }
    }
    this.#lane.order.next((column) => Number(latin1(values[column]!)));
    this.#slowRecords++;
    const loose = found.some((field) => field.loose);
    if (loose && !this.#sink) this.clean = false;
    else if (loose) this.#sink?.rewrite(values, start, to, this.#lane.line);
    else this.#sink?.accept(bytes, start, to, this.#lane.line);
  }

  /** Rejects the physical line that begins at `start`. @returns where the next begins. */
  #rejectLine(bytes: Uint8Array, start: number, field: number, reason: string): number {
    const lineFeed = bytes.indexOf(LF, start);
    const tooLong = lineFeed - start > MAX_RECORD_BYTES;
    const column = this.#reading.fields[field]?.name ?? null;
    this.#reject(bytes, start, lineFeed, tooLong ? null : column, tooLong ? TOO_LONG : reason);
    this.#lane.line++;
    return lineFeed + 1;
  }

  #reject(bytes: Uint8Array, from: number, to: number, column: string | null, reason: string): void {
    this.rejected++;
    if (!this.#sink) this.clean = false;
    this.#sink?.reject({
      line: this.#lane.line,
      column,
      reason,
      raw: rawText(bytes, from, to),
    } satisfies Reject);
  }
}

/** The bytes as text without the line end, cut to 10,000 characters. */
export function rawText(bytes: Uint8Array, from: number, to: number): string {
  // A character has at most four bytes.
  const length = Math.min(to - from, RAW_CHARACTERS * 4);
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + from, length)
    .toString()
    .replace(/\r?\n?$/, '');
  return firstCharacters(text, RAW_CHARACTERS).replaceAll('\0', '\ufffd');
}
