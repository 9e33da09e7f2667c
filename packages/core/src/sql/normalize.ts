/**
 * SQL reduced to what it means: comments dropped, blanks between tokens folded, small letters outside of quotes. Two texts
 * that differ in formatting, comments or the case of letters only come out the same.
 */
export function normalizeSql(text: string): string {
  return sqlTokens(text)
    .map((token) => (/^['"$]/.test(token) ? token : token.toLowerCase()))
    .join(' ');
}

/** The tokens of SQL, literals and quoted names whole, comments and blanks left out. */
export function sqlTokens(text: string): readonly string[] {
  return (text.match(TOKEN) ?? []).filter((token) => !/^(--|\/\*|\s)/.test(token));
}

const TOKEN =
  /\$(\w*)\$[\s\S]*?\$\1\$|'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|\s+|[\p{L}\p{N}_$.]+|./gsu;
