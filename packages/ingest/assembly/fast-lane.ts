import { byteAt, COMMA, CR, LF, POINT, QUOTE } from './bytes';
import { numberOf, windowAt } from './digits';
import { COLUMN_BYTES, DOUBLE, KEY, KEY_DIGITS, KIND, LAST, TEXT } from './kinds';
import { newlines as newlinesOfText, textEnd } from './text';
import { valueEnd } from './values';

export { mapDigits, mapRoom } from './digits';
// What is exported is not inlined: the loop over digits is fast only as long as its state fits into registers.
export { textEnd } from './text';
export { valueEnd } from './values';

/** Told of each record, if the lane was opened so. `line` counts from the beginning of the run, from 0. */
declare function accept(from: usize, to: usize, line: i32): void;

/** Records, and line breaks within them, that the last run has passed over. */
export let records: i32 = 0;
export let lineBreaks: i32 = 0;
/** Whether the keys have risen from each record to the next. */
export let ascending: bool = false;

let keys: usize = 0;
let keyBytes: usize = 0;
let bothKeys: usize = 0;
let escape: u8 = QUOTE;
let reporting: bool = false;
let maxBytes: usize = 0;
/** The same for records that end in plain digits; 0 if each has to be reported, which `passField` does. */
let maxDigitBytes: usize = 0;

/**
 * Says how records look, once. What the columns hold stands at the memory's beginning, as kinds.ts says.
 *
 * @param keysAt where the keys of the record before stand, four bytes for each column, with as much room behind
 */
export function open(
  columns: i32,
  keysAt: usize,
  quoteEscape: u8,
  maxRecordBytes: usize,
  reports: bool,
): void {
  keys = keysAt;
  keyBytes = columns * COLUMN_BYTES;
  bothKeys = keysAt + keysAt + keyBytes;
  escape = quoteEscape;
  maxBytes = maxRecordBytes;
  reporting = reports;
  maxDigitBytes = reports ? 0 : maxRecordBytes;
}

/** Where the record at hand begins, and where its next field does. */
let begin: usize = 0;
let at: usize = 0;
/** The column of that field, times COLUMN_BYTES. */
let column: usize = 0;
/** How the key compares with that of the record before, as far as it is known: above 0 if it is greater. */
let order: i32 = 0;
/** Line breaks within the record at hand. */
let newlines: i32 = 0;
/** Where the keys of the record before stand; those of the one at hand stand in the other half of the room for keys. */
let previous: usize = 0;

/**
 * Passes over ordinary records from `start` on. `end` stands behind a line feed, and 128 bytes behind it can be read, its digits mapped.
 *
 * @returns where the first record begins that was not passed, or `end`.
 */
export function run(start: usize, end: usize): usize {
  records = 0;
  lineBreaks = 0;
  previous = keys;
  begin = start;
  at = start;
  column = 0;
  order = 0;
  newlines = 0;
  if (start >= end) return start;
  do passDigits(end);
  while (begin < end && passField(end));
  if (previous != keys) memory.copy(keys, previous, keyBytes);
  return begin;
}

/**
 * Passes over plain digits, field by field and record by record, up to `end` or to a field that is for `passField`.
 *
 * It is what all speed depends on: it calls nothing, so that its state stays in registers.
 */
export function passDigits(end: usize): void {
  let from = at;
  let field = column;
  let rises = order;
  // What is no digit from `from` on, or 0 if nothing is known of it.
  let window: u64 = 0;
  while (true) {
    const code = load<u32>(field);
    if (window == 0) window = windowAt(from);
    const length = u32(ctz(window));
    // No number of digits is plain for the kinds that are for `passField`.
    if (length - 1 >= ((code >> 8) & 0xff)) break;
    let to = from + length;
    window >>= length;
    let byte = byteAt(to);
    const kind = u8(code) & KIND;
    if (kind == KEY) {
      const key = numberOf(from, length);
      if (rises == 0) rises = key - load<i32>(previous + field);
      store<i32>(otherKeys(previous) + field, key);
    } else if (kind == DOUBLE && byte == POINT) {
      to++;
      window >>= 1;
      if (window == 0) window = windowAt(to);
      if (window == 0) break;
      const decimals = u32(ctz(window));
      to += decimals;
      window >>= decimals;
      byte = byteAt(to);
    }
    if (code < LAST) {
      if (byte != COMMA) break;
      field += COLUMN_BYTES;
      from = to + 1;
      window >>= 1;
    } else {
      if (byte == CR) {
        byte = byteAt(++to);
        window >>= 1;
      }
      if (byte != LF || to - begin >= maxDigitBytes) break;
      order = rises;
      passRecord();
      rises = 0;
      field = 0;
      from = to + 1;
      begin = from;
      if (from >= end) break;
      window = windowAt(from);
    }
  }
  at = from;
  column = field;
  order = rises;
}

/** Passes over a field of any kind, and over its record if it is the last. @returns whether it could. */
function passField(end: usize): bool {
  if (at == begin && (byteAt(at) == LF || byteAt(at) == CR)) return false;
  const code = load<u32>(column);
  const kind = u8(code) & KIND;
  let to: usize;
  if (kind == KEY && ascending) {
    const digits = u32(ctz(windowAt(at)));
    if (digits - 1 >= KEY_DIGITS) return false;
    const key = numberOf(at, digits);
    if (order == 0) order = key - load<i32>(previous + column);
    store<i32>(otherKeys(previous) + column, key);
    to = at + digits;
  } else if (kind == TEXT) {
    to = textEnd(at, end, escape);
    newlines += newlinesOfText;
  } else {
    to = valueEnd(at, u8(code));
  }
  if (to == 0) return false;
  if (code < LAST) {
    if (byteAt(to) != COMMA) return false;
    column += COLUMN_BYTES;
    at = to + 1;
    return true;
  }
  if (byteAt(to) == CR) to++;
  if (byteAt(to) != LF || to - begin >= maxBytes) return false;
  at = to + 1;
  if (reporting) accept(begin, at, records + lineBreaks);
  passRecord();
  begin = at;
  column = 0;
  order = 0;
  return true;
}

// @ts-expect-error: decorator
@inline
function passRecord(): void {
  if (order <= 0) ascending = false;
  previous = otherKeys(previous);
  records++;
  lineBreaks += newlines;
  newlines = 0;
}

// @ts-expect-error: decorator
@inline
function otherKeys(these: usize): usize {
  return bothKeys - these;
}
