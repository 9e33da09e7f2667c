/** The beginning of a text, as SQL's `left` counts: in characters, of which some take two places of a string. */
export function firstCharacters(text: string, count: number): string {
  return text.length <= count ? text : [...text.slice(0, 2 * count)].slice(0, count).join('');
}

/** A text of at most so many characters: what comes after is left out, and `…` says so. */
export function shortened(text: string, most: number): string {
  return firstCharacters(text, most) === text ? text : `${firstCharacters(text, most - 1)}…`;
}
