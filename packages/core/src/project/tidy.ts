/** SQL for people's eyes: common indentation, trailing blanks and empty lines at both ends removed. */
export function tidySql(text: string): string {
  const lines = text
    .replaceAll('\t', '  ')
    .split('\n')
    .map((line) => line.trimEnd());
  while (lines[0] === '') lines.shift();
  while (lines.at(-1) === '') lines.pop();
  const indents = lines
    .filter((line, index) => line !== '' && index > 0)
    .map((line) => line.length - line.trimStart().length);
  const common = Math.min(...indents, Number.MAX_SAFE_INTEGER);
  return lines.map((line, index) => (index === 0 ? line.trimStart() : line.slice(common))).join('\n');
}
