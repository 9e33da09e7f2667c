/**
 * SQL reduced to what it means: comments dropped, blanks between tokens folded. Two texts that differ in formatting or
 * comments only come out the same.
 */
export function normalizeSql(text: string): string {
  return sqlTokens(text).join(' ');
}

/** The tokens of SQL, literals and quoted names whole, comments and blanks left out. */
export function sqlTokens(text: string): readonly string[] {
  return (text.match(TOKEN) ?? []).filter((token) => !/^(--|\/\*|\s)/.test(token));
}

const TOKEN =
  /\$(\w*)\$[\s\S]*?\$\1\$|'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|\s+|[\p{L}\p{N}_$.]+|./gsu;
