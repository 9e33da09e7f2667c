import { readFileSync } from 'node:fs';
import type { Sql } from '../sql/fragment.js';
import type { SourceLocation } from '../sql/location.js';
import type { RenderedFragment } from '../sql/renderable.js';
import type { Project } from './project.js';
import { type RenderOptions, renderQuery } from './render-query.js';

/**
 * The line of a TypeScript file that a place in rendered SQL comes from.
 *
 * @param position offset into the rendered text, in UTF-16 units from 0
 */
export function traceToSource(
  project: Project,
  query: Sql,
  options: RenderOptions,
  position: number,
): SourceLocation | undefined {
  const marks: { fragment: RenderedFragment; index: number }[] = [];
  const mark = (fragment: RenderedFragment, index: number) =>
    `\uE000${marks.push({ fragment, index }) - 1}\uE000`;
  const { text } = renderQuery(project, query, { ...options, mark });
  let clean = 0;
  let found: { fragment: RenderedFragment; index: number; offset: number } | undefined;
  for (const [number, piece] of pieces(text)) {
    if (clean > position) break;
    const marked = number === undefined ? undefined : marks[number];
    if (marked?.fragment.location) found = { ...marked, offset: position - clean };
    clean += piece.length;
  }
  return found && sourceOf(found.fragment, found.index, found.offset);
}

/** The text behind each mark, with the mark's number; what stands before the first mark has none. */
function* pieces(text: string): Generator<readonly [number | undefined, string]> {
  const parts = text.split(/\uE000(\d+)\uE000/);
  yield [undefined, parts[0] ?? ''];
  for (let index = 1; index < parts.length; index += 2) yield [Number(parts[index]), parts[index + 1] ?? ''];
}

/** Where an offset into one string of a template stands in its file. */
function sourceOf(
  { strings, location }: RenderedFragment,
  index: number,
  offset: number,
): SourceLocation | undefined {
  if (!location) return undefined;
  const file = readText(location.file);
  if (file === undefined) return location;
  const written = 'raw' in strings ? (strings.raw as readonly string[]) : strings;
  let at = offsetOf(file, location.line, location.column);
  for (let piece = 0; piece <= index; piece++) {
    const text = written[piece] ?? '';
    // With what stands around it, or text inside an interpolation might be taken for it.
    const found = file.indexOf(
      (piece === 0 ? '`' : '}') + text + (piece === written.length - 1 ? '`' : '${'),
      at,
    );
    if (found < 0) return location;
    at = found + 1 + (piece === index ? Math.min(offset, text.length) : text.length);
  }
  const before = file.slice(0, at).split('\n');
  return { file: location.file, line: before.length, column: (before.at(-1) ?? '').length + 1 };
}

function offsetOf(text: string, line: number, column: number): number {
  const lines = text.split('\n').slice(0, line - 1);
  return lines.reduce((sum, content) => sum + content.length + 1, 0) + column - 1;
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
  } catch {
    return undefined;
  }
}
