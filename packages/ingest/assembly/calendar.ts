import { byteAt, DASH, isDigit } from './bytes';

const COLON: u8 = 58;
const SPACE: u8 = 32;

/** Whether `from … to` reads `YYYY-MM-DD`: a day of the calendar, from year 1 on. */
export function isDate(from: usize, to: usize): bool {
  return to - from == 10 && isDay(from);
}

/** Whether `from … to` reads `YYYY-MM-DD HH:MM:SS`. */
export function isDateTime(from: usize, to: usize): bool {
  return (
    to - from == 19 &&
    isDay(from) &&
    byteAt(from + 10) == SPACE &&
    byteAt(from + 13) == COLON &&
    byteAt(from + 16) == COLON &&
    twoDigits(from + 11) <= 23 &&
    twoDigits(from + 14) <= 59 &&
    twoDigits(from + 17) <= 59
  );
}

function isDay(at: usize): bool {
  if (byteAt(at + 4) != DASH || byteAt(at + 7) != DASH) return false;
  const century = twoDigits(at);
  const ofCentury = twoDigits(at + 2);
  const month = twoDigits(at + 5);
  const day = twoDigits(at + 8);
  if (century > 99 || ofCentury > 99 || century + ofCentury == 0) return false;
  return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(century * 100 + ofCentury, month);
}

/** A number from 0 to 99, or one beyond. */
// @ts-expect-error: decorator
@inline
function twoDigits(at: usize): u32 {
  const tens = byteAt(at);
  const ones = byteAt(at + 1);
  return isDigit(tens) && isDigit(ones) ? u32(tens - 48) * 10 + (ones - 48) : u32.MAX_VALUE;
}

function daysIn(year: u32, month: u32): u32 {
  if (month == 2) return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}
