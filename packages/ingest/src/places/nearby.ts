import { nearest } from '@matinee/core';

/** What lies where a place was looked for: in the nearest folder above it that is there. */
export interface Nearby {
  /** That folder, with its separator at the end. */
  readonly folder: string;
  /** What was looked for in it. */
  readonly wanted: string;
  /** What it holds, folders with a slash. */
  readonly names: readonly string[];
  /** Whether these are all. */
  readonly isWhole: boolean;
}

const SHOWN = 8;

/** What to do where a place is not there: names that look like it, and what there is. */
export function nearbyHint({ folder, wanted, names, isWhole }: Nearby): string {
  const [like] = likeIt(wanted, names);
  const suggestion = like === undefined ? '' : `Did you mean ${folder}${like}? `;
  return suggestion + holdings(folder, names, isWhole);
}

/** What a place holds, as a sentence. @param isWhole whether these are all names */
export function holdings(place: string, names: readonly string[], isWhole = true): string {
  const shown = names.slice(0, SHOWN).join(', ');
  const hidden = names.length - SHOWN;
  const count = hidden > 0 ? `${hidden.toLocaleString('en')}${isWhole ? '' : ' or'} more` : 'more';
  const more = hidden > 0 || !isWhole ? ` and ${count}` : '';
  return `${place} holds ${shown === '' ? 'nothing' : shown + more}.`;
}

/** Those spelled most like it, be it in capital or small letters. */
function likeIt(wanted: string, names: readonly string[]): readonly string[] {
  const plain = (name: string) => name.replace(/\/$/, '').toLowerCase();
  const near = nearest(plain(wanted), names.map(plain));
  return near.flatMap((found) => names.find((name) => plain(name) === found) ?? []);
}
