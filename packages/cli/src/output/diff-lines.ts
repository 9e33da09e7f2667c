import type { Colors } from './colors.js';

const CONTEXT = 3;

/** What has changed between two texts, as `diff -u` shows it: lines with `-` and `+`, and some around them. */
export async function diffLines(before: string, after: string, colors: Colors): Promise<readonly string[]> {
  // Loaded when something has changed, not at every start.
  const { structuredPatch } = await import('diff');
  const { hunks } = structuredPatch('', '', `${before}\n`, `${after}\n`, '', '', { context: CONTEXT });
  return hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines }) => [
    colors.cyan(`@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`),
    ...lines.map((line) => colored(line, colors)),
  ]);
}

function colored(line: string, { green, red, dim }: Colors): string {
  if (line.startsWith('+')) return green(line);
  return line.startsWith('-') ? red(line) : dim(line);
}
