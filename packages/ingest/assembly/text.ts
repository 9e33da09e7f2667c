import { BACKSLASH, byteAt, COMMA, CR, LF, QUOTE } from './bytes';

/** Where a value without quotes ends: at a comma, a line end, a quote or a NUL. */
export function bareEnd(from: usize): usize {
  let at = from;
  let stops = bareStops(at);
  while (stops == 0) {
    at += 16;
    stops = bareStops(at);
  }
  return at + ctz(stops);
}

/** Line breaks within the text that `textEnd` has passed over last. */
export let newlines: i32 = 0;

/** Passes over text in quotes or without. @returns where its delimiter stands, or 0 if it is not ordinary. */
export function textEnd(at: usize, end: usize, escape: u8): usize {
  newlines = 0;
  return byteAt(at) == QUOTE ? quotedEnd(at + 1, end, escape) : bareEnd(at);
}

/**
 * Passes over text from behind its opening quote. `end` stands behind a line feed.
 *
 * @returns where it stands behind the closing quote, or 0 if the text is not ordinary or goes on behind `end`.
 */
function quotedEnd(from: usize, end: usize, escape: u8): usize {
  let at = from;
  while (true) {
    const stops = quotedStops(at);
    if (stops == 0) {
      at += 16;
      continue;
    }
    at += ctz(stops);
    const byte = byteAt(at);
    const next = byteAt(at + 1);
    if (byte == escape && (next == QUOTE || (next == BACKSLASH && escape == BACKSLASH))) at += 2;
    else if (byte == QUOTE) return at + 1;
    else if (byte == BACKSLASH && escape != BACKSLASH) at++;
    else if (byte == LF && at + 1 < end) {
      newlines++;
      at++;
    } else return 0;
  }
}

/** A bit for each of 16 bytes: set where a value without quotes ends. */
// @ts-expect-error: decorator
@inline
function bareStops(at: usize): i32 {
  const bytes = v128.load(at);
  const lineEnds = v128.or(i8x16.eq(bytes, i8x16.splat(LF)), i8x16.eq(bytes, i8x16.splat(CR)));
  const marks = v128.or(i8x16.eq(bytes, i8x16.splat(COMMA)), i8x16.eq(bytes, i8x16.splat(QUOTE)));
  return i8x16.bitmask(v128.or(v128.or(lineEnds, marks), i8x16.eq(bytes, i8x16.splat(0))));
}

/** A bit for each of 16 bytes: set where text in quotes needs a look. */
// @ts-expect-error: decorator
@inline
function quotedStops(at: usize): i32 {
  const bytes = v128.load(at);
  const marks = v128.or(i8x16.eq(bytes, i8x16.splat(QUOTE)), i8x16.eq(bytes, i8x16.splat(BACKSLASH)));
  const others = v128.or(i8x16.eq(bytes, i8x16.splat(LF)), i8x16.eq(bytes, i8x16.splat(0)));
  return i8x16.bitmask(v128.or(marks, others));
}
