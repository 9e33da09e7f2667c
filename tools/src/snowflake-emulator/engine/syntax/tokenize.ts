import { syntaxError } from '../errors.js';
import type { Token, TokenKind } from './token.js';
import { unescapeString } from './unescape.js';

type Rule = readonly [kind: TokenKind, pattern: RegExp, value?: (text: string) => string];

const RULES: readonly Rule[] = [
  ['space', /(?:\s+|--[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/)+/y],
  ['string', /'(?:[^'\\]|''|\\[\s\S])*'/y, (text) => unescapeString(text.slice(1, -1))],
  ['string', /\$\$[\s\S]*?\$\$/y, (text) => text.slice(2, -2)],
  ['quoted', /"(?:[^"]|"")+"/y, (text) => text.slice(1, -1).replaceAll('""', '"')],
  ['number', /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y],
  ['name', /[\p{L}_][\p{L}\p{N}_$]*/uy, (text) => text.toUpperCase()],
  ['column', /\$\d+/y, (text) => text.slice(1)],
  ['variable', /\$[A-Za-z_]\w*/y, (text) => text.slice(1).toUpperCase()],
  ['stage', /@(?:"(?:[^"]|"")*"|[^\s"'(),;=])+/y, (text) => text.slice(1)],
  ['bind', /\?|:\d+/y, (text) => text.slice(1)],
  ['operator', /::|=>|->|<=|>=|<>|!=|\|\||[-+*/%(),.;=<>:[\]{}]/y],
];

/** The tokens of a text, blanks and comments among them, `end` as the last. @throws SnowflakeError for what begins no token. */
export function tokenize(sql: string): readonly Token[] {
  const tokens: Token[] = [];
  let [offset, line, column] = [0, 1, 0];
  while (offset < sql.length) {
    const token = tokenAt(sql, offset, line, column);
    tokens.push(token);
    offset += token.text.length;
    const lastBreak = token.text.lastIndexOf('\n');
    if (lastBreak >= 0) line += token.text.split('\n').length - 1;
    column = lastBreak >= 0 ? token.text.length - lastBreak - 1 : column + token.text.length;
  }
  tokens.push({ kind: 'end', text: '', value: '', offset, line, column });
  return tokens;
}

function tokenAt(sql: string, offset: number, line: number, column: number): Token {
  for (const [kind, pattern, meaning] of RULES) {
    pattern.lastIndex = offset;
    const text = pattern.exec(sql)?.[0];
    if (text !== undefined) return { kind, text, value: meaning?.(text) ?? text, offset, line, column };
  }
  throw syntaxError({ line, column }, sql[offset] ?? '');
}
