import { BACKSLASH, COMMA, CR, LF, QUOTE } from './bytes.js';

/** A field of a record. `from … to` lie inside its quotes. */
export interface ParsedField {
  readonly from: number;
  readonly to: number;
  readonly quoted: boolean;
  /** Line breaks within the field. */
  readonly newlines: number;
  /** Whether it holds an escape character before a quote or before itself. */
  readonly escaped: boolean;
  /** Whether it holds an escape character before something else, which then stands for itself. */
  readonly loose: boolean;
}

export type ParsedRecord =
  | {
      readonly outcome: 'record';
      readonly fields: readonly ParsedField[];
      /** Where its line end begins, and where the next record does. */
      readonly to: number;
      readonly next: number;
    }
  | { readonly outcome: 'broken'; readonly field: number; readonly reason: string }
  /** The bytes end inside quotes. */
  | { readonly outcome: 'open'; readonly field: number };

export const NOT_CLOSED = 'A quoted value is not closed.';
export const STRAY_QUOTE = 'A quote stands inside a value without quotes.';
export const AFTER_QUOTE = 'Something other than a comma follows a closing quote.';
export const STRAY_RETURN = 'A carriage return stands outside quotes.';

/** Reads one record by RFC 4180, with the shape's escape character, from `start`; `end` stands behind a line feed. */
export function parseRecord(
  bytes: Uint8Array,
  start: number,
  end: number,
  quoteEscape: number,
): ParsedRecord {
  const fields: ParsedField[] = [];
  let at = start;
  for (;;) {
    const field = bytes[at] === QUOTE ? quoted(bytes, at + 1, end, quoteEscape) : bare(bytes, at);
    if (!field) return { outcome: 'open', field: fields.length };
    at = field.quoted ? field.to + 1 : field.to;
    const byte = bytes[at];
    const lineEnd = byte === LF ? 1 : byte === CR && bytes[at + 1] === LF ? 2 : 0;
    if (byte !== COMMA && lineEnd === 0) {
      // Where line breaks came before, the quote at which they began is the wrong one.
      const open = [...fields, field].findIndex(({ newlines }) => newlines > 0);
      if (open >= 0) return { outcome: 'broken', field: open, reason: NOT_CLOSED };
      const stray = byte === QUOTE ? STRAY_QUOTE : STRAY_RETURN;
      return { outcome: 'broken', field: fields.length, reason: field.quoted ? AFTER_QUOTE : stray };
    }
    fields.push(field);
    if (lineEnd > 0) return { outcome: 'record', fields, to: at, next: at + lineEnd };
    at++;
  }
}

function bare(bytes: Uint8Array, from: number): ParsedField {
  let at = from;
  while (bytes[at] !== COMMA && bytes[at] !== LF && bytes[at] !== CR && bytes[at] !== QUOTE) at++;
  return { from, to: at, quoted: false, newlines: 0, escaped: false, loose: false };
}

function quoted(bytes: Uint8Array, from: number, end: number, quoteEscape: number): ParsedField | undefined {
  let newlines = 0;
  let escaped = false;
  let loose = false;
  for (let at = from; at < end; at++) {
    const byte = bytes[at];
    const next = bytes[at + 1];
    if (byte === quoteEscape && (next === QUOTE || (next === BACKSLASH && quoteEscape === BACKSLASH))) {
      escaped = true;
      at++;
    } else if (byte === QUOTE) {
      return { from, to: at, quoted: true, newlines, escaped, loose };
    } else if (byte === LF) {
      newlines++;
    } else if (byte === quoteEscape) {
      loose = true;
    }
  }
  return undefined;
}

/** The value of a field, its escapes resolved. */
export function resolvedValue(bytes: Uint8Array, field: ParsedField, quoteEscape: number): Uint8Array {
  const value = bytes.subarray(field.from, field.to);
  if (!field.escaped) return value;
  const plain = new Uint8Array(value.length);
  let length = 0;
  for (let at = 0; at < value.length; at++) {
    const next = value[at + 1];
    const escapes =
      value[at] === quoteEscape && (next === QUOTE || (next === BACKSLASH && quoteEscape === BACKSLASH));
    if (escapes) at++;
    plain[length++] = value[at]!;
  }
  return plain.subarray(0, length);
}
