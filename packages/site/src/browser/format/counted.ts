import { formatNumber } from './numbers.js';

/** `1 node`, `2 nodes`; the plural is said where it is not the word with an s. */
export function counted(count: number | null | undefined, word: string, words = `${word}s`): string {
  return `${formatNumber(count)} ${count === 1 ? word : words}`;
}
