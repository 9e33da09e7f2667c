import { type FileShape, LoadError } from '@matinee/core';
import { parse } from 'csv-parse/sync';
import type { Place } from '../places/place.js';
import { readHead } from './head.js';
import type { Candidate } from './recognise.js';

/**
 * The shape whose header a file has.
 *
 * @throws LoadError LOAD_HEADER if it has none of them or is empty, with line 1 as its location.
 */
export async function shapeOf(place: Place, { path, gzip, shapes }: Candidate): Promise<FileShape> {
  const head = await readHead(place, path, gzip);
  for (const shape of shapes) {
    const found = parseHeader(head, shape);
    if (found && JSON.stringify(found) === JSON.stringify(shape.header)) return shape;
  }
  const location = { file: place.locate(path), line: 1 };
  if (shown(head) === '') {
    throw new LoadError('LOAD_HEADER', `${path} does not begin with a header.`, {
      location,
      hint: `Its first line must be: ${shapes.map(({ header }) => header.join(',')).join(' or ')}.`,
    });
  }
  const expected = shapes.map(({ header }) => header.join(','));
  throw new LoadError(
    'LOAD_HEADER',
    `${path} has the header ${shown(head)}, expected is ${expected.join(' or ')}.`,
    { location, hint: adviceFor(head, shapes[0]!) },
  );
}

function parseHeader(head: Buffer, shape: FileShape): readonly string[] | undefined {
  try {
    const line = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(head);
    const records = parse(line, {
      bom: true,
      escape: shape.escape ?? '"',
      // Spelled out: it would take lone carriage returns for line ends, and a scan finds no rows in such a file.
      record_delimiter: '\n',
      relax_column_count: true,
    }) as string[][];
    return records[0] ?? [];
  } catch {
    // Not UTF-8, or broken quotes: whatever it is, it is not the header.
    return undefined;
  }
}

function shown(head: Buffer): string {
  const text = head
    .toString()
    .replace(/^\ufeff/, '')
    .replace(/\p{Cc}/gu, '\ufffd')
    .trimEnd();
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

/** What is most likely wrong, told from the first bytes. */
function adviceFor(head: Buffer, shape: FileShape): string {
  const first = head.subarray(0, 2).toString('hex');
  if (first === '1f8b') return 'The file is compressed: give it a name that ends in .gz.';
  if (first === 'fffe' || first === 'feff') return 'The file is in UTF-16: deliver it in UTF-8.';
  const text = head.toString();
  const found = parseHeader(head, shape) ?? [];
  const missing = shape.header.filter((name) => !found.includes(name));
  const extra = found.filter((name, index) => !shape.header.includes(name) || found.indexOf(name) < index);
  if (text.includes('\r')) return 'End lines with a line feed, or with carriage return and line feed.';
  if (missing.length === shape.header.length && /[;\t|]/.test(text)) return 'Separate the fields by commas.';
  if (missing.length > 0) return `Add what is missing: ${missing.join(', ')}.`;
  if (extra.length > 0) return `Remove what is not expected: ${extra.join(', ')}.`;
  return 'Put the columns into the expected order.';
}
