const ZERO = 48;
const DASH = 45;
const COLON = 58;
const SPACE = 32;

/** Whether `from … to` reads `YYYY-MM-DD`: a day of the calendar, from year 1 on. */
export function isDate(bytes: Uint8Array, from: number, to: number): boolean {
  return to - from === 10 && isDay(bytes, from);
}

/** Whether `from … to` reads `YYYY-MM-DD HH:MM:SS`. */
export function isDateTime(bytes: Uint8Array, from: number, to: number): boolean {
  return (
    to - from === 19 &&
    isDay(bytes, from) &&
    bytes[from + 10] === SPACE &&
    bytes[from + 13] === COLON &&
    bytes[from + 16] === COLON &&
    within(twoDigits(bytes, from + 11), 0, 23) &&
    within(twoDigits(bytes, from + 14), 0, 59) &&
    within(twoDigits(bytes, from + 17), 0, 59)
  );
}

function isDay(bytes: Uint8Array, at: number): boolean {
  const century = twoDigits(bytes, at);
  const year = century * 100 + twoDigits(bytes, at + 2);
  const month = twoDigits(bytes, at + 5);
  const day = twoDigits(bytes, at + 8);
  if (bytes[at + 4] !== DASH || bytes[at + 7] !== DASH) return false;
  if (!within(century, 0, 99) || !within(year, 1, 9999) || !within(month, 1, 12)) return false;
  return within(day, 1, 28) || within(day, 29, daysIn(year, month));
}

/** A number from 0 to 99, or NaN. */
function twoDigits(bytes: Uint8Array, at: number): number {
  const tens = bytes[at]! - ZERO;
  const ones = bytes[at + 1]! - ZERO;
  return within(tens, 0, 9) && within(ones, 0, 9) ? tens * 10 + ones : Number.NaN;
}

function within(value: number, low: number, high: number): boolean {
  return value >= low && value <= high;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
