/** A name in TMDL; quoted unless it is one plain word. Names hold no control characters: the check of the model refuses them. */
export function tmdlName(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? name : `'${name.replaceAll("'", "''")}'`;
}

/** A text as the value of a property; quoted where the reader would otherwise trim it or take it for something else. */
export function tmdlValue(text: string): string {
  return text === '' || text !== text.trim() || text.startsWith('"')
    ? `"${text.replaceAll('"', '""')}"`
    : text;
}

/** Lines that describe the object that follows them; none for an empty description. */
export function tmdlDescription(text: string): readonly string[] {
  return text === '' ? [] : text.split(/\r\n|[\r\n\u2028\u2029]/).map((line) => `/// ${line}`.trimEnd());
}

export function indent(lines: readonly string[], by = 1): readonly string[] {
  return lines.map((line) => (line === '' ? '' : '\t'.repeat(by) + line));
}

/** `head = expression`; an expression of several lines stands below its head, deeper than the properties of the object. */
export function tmdlExpression(head: string, expression: string): readonly string[] {
  const lines = expression.split('\n');
  return lines.length === 1 ? [`${head} = ${expression}`] : [`${head} =`, ...indent(lines, 2)];
}
