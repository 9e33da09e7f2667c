// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what colours are made of
const COLOR = /\u001b\[[0-9;]*m/g;

/** How many characters a text takes on the screen. */
export function widthOf(text: string): number {
  return text.replace(COLOR, '').length;
}

/** Cuts a text that is too long; colours are lost then. */
export function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  return `${text.replace(COLOR, '').slice(0, Math.max(0, width - 1))}…`;
}

/** Lines of cells, each column as wide as its widest cell, two blanks between them. */
export function alignColumns(rows: readonly (readonly string[])[], maxWidth: number): readonly string[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, index) => {
      widths[index] = Math.max(widths[index] ?? 0, widthOf(cell));
    });
  }
  return rows.map((row) =>
    cut(
      row
        .map((cell, index) => cell + ' '.repeat((widths[index] ?? 0) - widthOf(cell)))
        .join('  ')
        .trimEnd(),
      maxWidth,
    ),
  );
}
