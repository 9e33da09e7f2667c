/** What a column holds. The numbers are known to fast-lane.ts, which writes them into the memory. */
export const KEY: u8 = 0;
export const INT: u8 = 1;
export const EPOCH: u8 = 2;
export const DOUBLE: u8 = 3;
export const TEXT: u8 = 4;
export const DATE_TIME: u8 = 5;
export const DATE: u8 = 6;
export const BOOLEAN: u8 = 7;
export const UUID: u8 = 8;
/** Set beside the kind where a value may be empty. */
export const MAY_BE_EMPTY: u8 = 0x80;
export const KIND: u8 = 0x7f;

/**
 * Of each column the memory tells in four bytes: its kind, how many digits a plain number of it may have before a
 * point, nothing, and whether it is the last.
 */
export const COLUMN_BYTES = 4;
export const LAST: u32 = 0x01000000;

// How many digits certainly fit where a sign or quotes may stand as well; fast-lane.ts says it for plain numbers.
export const KEY_DIGITS: u32 = 9;
export const INT_DIGITS: usize = 18;
export const EPOCH_DIGITS: usize = 11;
