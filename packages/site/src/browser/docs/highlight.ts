/** A stretch of code of one colour. */
export interface Token {
  readonly kind: 'plain' | 'keyword' | 'text' | 'number' | 'comment';
  readonly text: string;
}

export type Language = 'sql' | 'typescript';

const SQL =
  'all and any array as asc between by case cast coalesce create cross cte date desc distinct else end except exists false filter first from full group grouping having if ilike in inner interval into is join last lateral left like limit natural not null nulls offset on or order outer over partition preceding qualify range recursive right rows row select set table then timestamp true union unnest using values when where window with within';
const TYPESCRIPT =
  'as async await const export false from function if import new null of return satisfies this true type undefined';

const WORDS: Readonly<Record<Language, ReadonlySet<string>>> = {
  sql: new Set(SQL.split(' ')),
  typescript: new Set([...TYPESCRIPT.split(' ')]),
};

const PARTS: Readonly<Record<Language, RegExp>> = {
  sql: /(--[^\n]*|\/\*[\s\S]*?\*\/)|('(?:[^']|'')*')|(\b\d[\d.e]*\b)|([A-Za-z_]\w*)|("(?:[^"]|"")*"|[\s\S])/g,
  typescript: /(\/\/[^\n]*|\/\*[\s\S]*?\*\/)|('(?:[^'\\\n]|\\.)*')|(\b\d[\d_.]*\b)|([A-Za-z_]\w*)|([\s\S])/g,
};

/** Cuts code into stretches of one colour. Together they are the code. */
export function tokens(code: string, language: Language): readonly Token[] {
  const found: Token[] = [];
  const add = (kind: Token['kind'], text: string) => {
    const last = found.at(-1);
    if (last?.kind === kind) found[found.length - 1] = { kind, text: last.text + text };
    else found.push({ kind, text });
  };
  for (const [text, comment, quoted, number, word] of code.matchAll(PARTS[language])) {
    if (comment) add('comment', text);
    else if (quoted) add('text', text);
    else if (number) add('number', text);
    else
      add(
        word && WORDS[language].has(language === 'sql' ? word.toLowerCase() : word) ? 'keyword' : 'plain',
        text,
      );
  }
  return found;
}
