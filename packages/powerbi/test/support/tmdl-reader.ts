/** One object or property of TMDL with what is indented below it. */
export interface TmdlLine {
  readonly text: string;
  readonly description: string;
  readonly children: TmdlLine[];
}

/** Reads TMDL by its indentation alone, enough to look up objects, properties and expressions. */
export function readTmdl(text: string): readonly TmdlLine[] {
  const root: TmdlLine[] = [];
  const open: TmdlLine[][] = [root];
  let description: string[] = [];
  for (const line of text.split('\n')) {
    const content = line.trimStart();
    if (content === '') continue;
    const depth = line.length - content.length;
    if (content.startsWith('///')) {
      description.push(content.slice(3).trim());
      continue;
    }
    const node: TmdlLine = { text: content, description: description.join('\n'), children: [] };
    description = [];
    // An expression stands deeper than properties: its lines belong to the nearest one above.
    let parent = Math.min(depth, open.length - 1);
    while (!open[parent]) parent -= 1;
    open[parent]?.push(node);
    open.length = parent + 1;
    open[depth + 1] = node.children;
  }
  return root;
}

/** Takes a quoted or plain name off the front of a text. */
export function takeName(text: string): { readonly name: string; readonly rest: string } {
  const quoted = /^'((?:[^']|'')*)'/.exec(text);
  if (quoted) return { name: (quoted[1] ?? '').replaceAll("''", "'"), rest: text.slice(quoted[0].length) };
  const [plain = ''] = /^[A-Za-z_][A-Za-z0-9_]*/.exec(text) ?? [];
  return { name: plain, rest: text.slice(plain.length) };
}
