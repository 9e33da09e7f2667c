/** How sizes of memory and disk are written, for messages. */
export const BYTE_SIZE = 'a size such as 500MB, 2GB or 1.5TiB';

/** Whether a text is a size as DuckDB reads it. Stricter than DuckDB, which takes -1 for 16 exabytes. */
export function isByteSize(text: string): boolean {
  return /^\d+(\.\d+)? ?[kmgt]i?b$/i.test(text);
}
