import type { FileShape, Source } from '@matinee/core';
import type { Place, WantedFile } from '../places/place.js';
import { readingOf } from '../reading/reading.js';
import { Scanner } from '../scan/scanner.js';
import type { RecordSink } from '../scan/sink.js';
import { firstLine, type Head, readHead } from './head.js';
import { headerError, shapesWithHeader } from './header.js';
import type { Candidate } from './recognise.js';

/**
 * The shape that a file has: the one whose header is its first line. Where several shapes have that header, the first
 * rows tell.
 *
 * @throws LoadError LOAD_HEADER if it has none of them or is empty, with line 1 as its location; InterruptedError.
 */
export async function shapeOf(
  place: Place,
  candidate: Candidate,
  file: WantedFile,
  signal?: AbortSignal,
): Promise<FileShape> {
  const { source, path, gzip, shapes } = candidate;
  const head = await readHead(place, file, gzip, signal);
  const line = firstLine(head);
  const fitting = shapesWithHeader(line, shapes);
  const [first, ...others] = fitting;
  if (!first) throw headerError(path, place.locate(path), line, shapes);
  return others.length === 0 ? first : likeliest(source, fitting, head);
}

interface Judged {
  readonly shape: FileShape;
  readonly rejected: number;
  readonly isQuotedAlike: boolean;
}

/**
 * Of shapes with the same header, the one by which most of the first rows fit. If they fit equally, there is no telling
 * quote in them: then the header tells, for whoever escapes quotes by a backslash puts quotes around names as well.
 * Otherwise it is the first.
 */
function likeliest(source: Source, shapes: readonly FileShape[], head: Head): FileShape {
  const isQuoted = /^(\xef\xbb\xbf)?"/.test(head.bytes.toString('latin1', 0, 4));
  const [best] = shapes
    .map((shape): Judged => {
      const isQuotedAlike = isQuoted === (shape.escape === '\\');
      return { shape, rejected: rejectedRows(source, shape, head), isQuotedAlike };
    })
    .sort(
      (one, other) =>
        one.rejected - other.rejected || Number(other.isQuotedAlike) - Number(one.isQuotedAlike),
    );
  return best!.shape;
}

/** How many rows of a head would be rejected if it had this shape. */
function rejectedRows(source: Source, shape: FileShape, { bytes, whole }: Head): number {
  const scanner = new Scanner(readingOf(source, shape), NOWHERE);
  const ended = whole ? Buffer.concat([bytes, LINE_FEED]) : bytes;
  const start = ended.indexOf(LINE_FEED) + 1;
  ended.copy(scanner.bytes);
  if (start > 0) scanner.consume(start, ended.length, 0, whole);
  return scanner.rejected;
}

const LINE_FEED = Buffer.from('\n');

/** With a sink a scanner goes on behind what it rejects. */
const NOWHERE: RecordSink = {
  block: () => undefined,
  accept: () => undefined,
  rewrite: () => undefined,
  reject: () => undefined,
};
