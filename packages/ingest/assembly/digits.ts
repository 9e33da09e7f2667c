/** Where the map of what is no digit would begin if it began with address 0: a bit a byte, the first in the lowest. */
let map: usize = 0;

/** Says where the map is of the bytes from `room` on, a multiple of 64. It has an eighth of their number, and 16. */
export function mapRoom(room: usize, mapAt: usize): void {
  map = mapAt - (room >> 3);
}

/** Maps the bytes `start … end`, and up to 63 before and behind. */
export function mapDigits(start: usize, end: usize): void {
  for (let at = start & ~63; at < end; at += 64) {
    const low = nonDigits(at) | (nonDigits(at + 16) << 16);
    const high = nonDigits(at + 32) | (nonDigits(at + 48) << 16);
    store<u64>(map + (at >> 3), u64(u32(low)) | (u64(high) << 32));
  }
}

/** A bit for each of 57 to 64 bytes from `at` on: set where the byte is no digit. */
// @ts-expect-error: decorator
@inline
export function windowAt(at: usize): u64 {
  return load<u64>(map + (at >> 3)) >> u64(at & 7);
}

// @ts-expect-error: decorator
@inline
function nonDigits(at: usize): i32 {
  // The digits become -128 to -119, so that one signed comparison tells.
  const shifted = i8x16.sub(v128.load(at), i8x16.splat(-80));
  return i8x16.bitmask(i8x16.gt_s(shifted, i8x16.splat(-119)));
}

/** The number that 1 to 9 digits write. */
// @ts-expect-error: decorator
@inline
export function numberOf(at: usize, length: u32): i32 {
  if (length <= 8) return eightDigits(digitsAt(at) << (64 - 8 * u64(length)));
  return eightDigits(digitsAt(at)) * 10 + (load<u8>(at + 8) - 48);
}

/** The values of eight digits, the first in the lowest byte. */
// @ts-expect-error: decorator
@inline
function digitsAt(at: usize): u64 {
  return load<u64>(at) ^ 0x3030303030303030;
}

/** Joins digits to pairs, pairs to fours, and fours to the number. */
// @ts-expect-error: decorator
@inline
function eightDigits(digits: u64): i32 {
  const pairs = ((digits * (1 + (10 << 8))) >> 8) & 0x00ff00ff00ff00ff;
  const fours = ((pairs * (1 + (100 << 16))) >> 16) & 0x0000ffff0000ffff;
  return i32((fours * (1 + (u64(10000) << 32))) >> 32);
}
