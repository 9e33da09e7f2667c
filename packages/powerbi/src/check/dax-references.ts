/** What a DAX expression names: columns with their table, and measures or columns without one. */
export interface DaxReferences {
  readonly columns: readonly { readonly table: string; readonly column: string }[];
  readonly unqualified: readonly string[];
  readonly tables: readonly string[];
  /** What is wrong with the text itself: an open quote, or brackets that do not close. */
  readonly problems: readonly string[];
}

const TOKEN = /"(?:[^"]|"")*"|'(?:[^']|'')*'|\[(?:[^\]]|\]\])*\]|[()]|["'[\]]/g;

/** Finds what a DAX expression refers to. It knows quotes and brackets, not functions. */
export function daxReferences(dax: string): DaxReferences {
  const [columns, unqualified, tables, problems]: [
    { table: string; column: string }[],
    string[],
    string[],
    string[],
  ] = [[], [], [], []];
  let depth = 0;
  let table: { readonly name: string; readonly end: number } | undefined;
  const close = () => {
    if (table) tables.push(table.name);
    table = undefined;
  };
  for (const { 0: token, index } of dax.matchAll(TOKEN)) {
    const inner = token.slice(1, -1);
    if (token.length > 1 && token.startsWith('[')) {
      const name = inner.replaceAll(']]', ']');
      if (table?.end === index) columns.push({ table: table.name, column: name });
      else {
        close();
        unqualified.push(name);
      }
      table = undefined;
    } else {
      close();
      if (token === '(') depth += 1;
      else if (token === ')') depth -= 1;
      else if (token.length === 1) problems.push(`${token} is not closed`);
      else if (token.startsWith("'"))
        table = { name: inner.replaceAll("''", "'"), end: index + token.length };
    }
    if (depth < 0) break;
  }
  close();
  if (depth !== 0) problems.push('parentheses do not match');
  return { columns, unqualified, tables, problems };
}
