/** Bytes that mean something in a CSV file. */
export const LF: u8 = 10;
export const CR: u8 = 13;
export const QUOTE: u8 = 34;
export const PLUS: u8 = 43;
export const COMMA: u8 = 44;
export const DASH: u8 = 45;
export const POINT: u8 = 46;
export const BACKSLASH: u8 = 92;

// @ts-expect-error: decorator
@inline
export function byteAt(at: usize): u8 {
  return load<u8>(at);
}

// @ts-expect-error: decorator
@inline
export function isDigit(byte: u8): bool {
  return (byte - 48) <= 9;
}
