/** The beginning of a text, as SQL's `left` counts: in characters, of which some take two places of a string. */
export function firstCharacters(text: string, count: number): string {
  return text.length <= count ? text : [...text.slice(0, 2 * count)].slice(0, count).join('');
}
