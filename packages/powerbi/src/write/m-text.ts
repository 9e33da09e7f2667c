const ESCAPES: Readonly<Record<string, string>> = { '\r': '#(cr)', '\n': '#(lf)', '\t': '#(tab)' };

/** A text in M. Control characters are escaped, so that it stands on one line. */
export function mText(text: string): string {
  const escaped = text
    .replaceAll('#(', '#(#)(')
    .replaceAll('"', '""')
    .replaceAll(/[\p{Cc}\u2028\u2029]/gu, (character) => ESCAPES[character] ?? code(character));
  return `"${escaped}"`;
}

/** The name of a query or step in M; quoted, whatever it is. */
export function mName(name: string): string {
  return `#${mText(name)}`;
}

function code(character: string): string {
  return `#(${character.charCodeAt(0).toString(16).padStart(4, '0')})`;
}
