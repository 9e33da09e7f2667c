/**
 * SQL reduced to what it means: comments dropped, blanks between tokens folded. Two texts that differ in formatting or
 * comments only come out the same.
 */
export function normalizeSql(text: string): string {
  const tokens = text.match(TOKEN) ?? [];
  return tokens.filter((token) => !/^(--|\/\*|\s)/.test(token)).join(' ');
}

const TOKEN = /\$(\w*)\$[\s\S]*?\$\1\$|'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|\s+|[\p{L}\p{N}_$.]+|./gsu;
