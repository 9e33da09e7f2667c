import { byteAt, DASH, isDigit, PLUS, POINT, QUOTE } from './bytes';
import { isDate, isDateTime } from './calendar';
import {
  BOOLEAN,
  DATE,
  DATE_TIME,
  DOUBLE,
  EPOCH,
  EPOCH_DIGITS,
  INT,
  INT_DIGITS,
  KEY,
  KIND,
  MAY_BE_EMPTY,
  UUID,
} from './kinds';
import { bareEnd } from './text';

const LOWER_CASE: u8 = 0x20;
const LOWER_E: u8 = 0x65;

/**
 * Passes over a value that is no text: with a sign, an exponent or quotes, empty, or of a kind with a form of its own.
 *
 * @returns where its delimiter stands, or 0 if it does not certainly fit.
 */
export function valueEnd(from: usize, code: u8): usize {
  const quoted = byteAt(from) == QUOTE;
  const start = quoted ? from + 1 : from;
  const to = bareEnd(start);
  if (quoted && byteAt(to) != QUOTE) return 0;
  const fits = to == start ? (code & MAY_BE_EMPTY) != 0 : isPlainValue(code & KIND, start, to);
  if (!fits) return 0;
  return quoted ? to + 1 : to;
}

/** Whether `from … to` is a value that certainly fits its kind. Those at the limits are for the slow lane. */
function isPlainValue(kind: u8, from: usize, to: usize): bool {
  switch (kind) {
    case KEY:
    case INT:
      return isWhole(from, to, INT_DIGITS, INT_DIGITS);
    case EPOCH:
      return isWhole(from, to, EPOCH_DIGITS, EPOCH_DIGITS - 1);
    case DOUBLE:
      return isDouble(from, to);
    case DATE_TIME:
      return isDateTime(from, to);
    case DATE:
      return isDate(from, to);
    case BOOLEAN:
      return isBoolean(from, to);
    case UUID:
      return isUuid(from, to);
    default:
      return false;
  }
}

function isWhole(from: usize, to: usize, positiveDigits: usize, negativeDigits: usize): bool {
  const negative = byteAt(from) == DASH;
  const start = negative ? from + 1 : from;
  const length = to - start;
  return length >= 1 && length <= (negative ? negativeDigits : positiveDigits) && digitsEnd(start, to) == to;
}

/** Up to a hundred digits before the point and behind it, and an exponent of up to two. */
function isDouble(from: usize, to: usize): bool {
  const start = byteAt(from) == DASH ? from + 1 : from;
  let at = digitsEnd(start, to);
  if (at == start || at - start > 100) return false;
  if (at < to && byteAt(at) == POINT) {
    const fraction = at + 1;
    at = digitsEnd(fraction, to);
    if (at - fraction > 100) return false;
  }
  if (at < to && (byteAt(at) | LOWER_CASE) == LOWER_E) {
    at++;
    if (at < to && (byteAt(at) == DASH || byteAt(at) == PLUS)) at++;
    const exponent = at;
    at = digitsEnd(exponent, to);
    if (at == exponent || at - exponent > 2) return false;
  }
  return at == to;
}

function digitsEnd(from: usize, to: usize): usize {
  let at = from;
  while (at < to && isDigit(byteAt(at))) at++;
  return at;
}

/** true or false, in capitals or small letters. */
function isBoolean(from: usize, to: usize): bool {
  const word = load<u32>(from) | 0x20202020;
  if (to - from == 4) return word == 0x65757274;
  return to - from == 5 && word == 0x736c6166 && (byteAt(from + 4) | LOWER_CASE) == LOWER_E;
}

/** 32 hexadecimal digits in groups of 8, 4, 4, 4 and 12. */
function isUuid(from: usize, to: usize): bool {
  if (to - from != 36) return false;
  for (let index: usize = 0; index < 36; index++) {
    const byte = byteAt(from + index);
    const dash = index == 8 || index == 13 || index == 18 || index == 23;
    if (dash ? byte != DASH : !isHexadecimal(byte)) return false;
  }
  return true;
}

function isHexadecimal(byte: u8): bool {
  return isDigit(byte) || u8((byte | LOWER_CASE) - 97) <= 5;
}
