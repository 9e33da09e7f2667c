import { type FileShape, LoadError, shortened } from '@matinee/core';
import { parse } from 'csv-parse/sync';

/** Those of some shapes whose header this line is. */
export function shapesWithHeader(line: Buffer, shapes: readonly FileShape[]): readonly FileShape[] {
  return shapes.filter((shape) => {
    const found = parseHeader(line, shape);
    return found && JSON.stringify(found) === JSON.stringify(shape.header);
  });
}

/** LOAD_HEADER: a first line that is the header of none of these shapes. @param file as errors name it */
export function headerError(
  path: string,
  file: string,
  line: Buffer,
  shapes: readonly FileShape[],
): LoadError {
  const location = { file, line: 1 };
  const headers = [...new Set(shapes.map(({ header }) => header.join(',')))].join(' or ');
  if (shown(line) === '') {
    return new LoadError('LOAD_HEADER', `${path} has no header: it is empty, or its first line is.`, {
      location,
      hint: `Its first line must be: ${headers}.`,
    });
  }
  if (isGzip(line)) {
    const isTwice = path.endsWith('.gz');
    return new LoadError('LOAD_HEADER', `${path} is compressed${isTwice ? ' twice' : ''}.`, {
      location,
      hint: isTwice ? 'Compress it once.' : 'Give it a name that ends in .gz.',
    });
  }
  return new LoadError('LOAD_HEADER', `${path} has the header ${shown(line)}, expected is ${headers}.`, {
    location,
    hint: adviceFor(line, shapes[0]!),
  });
}

function parseHeader(head: Buffer, shape: FileShape): readonly string[] | undefined {
  try {
    const line = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(head);
    // In a row such a backslash stands for itself; csv-parse drops it.
    if (shape.escape === '\\' && /\\(?!["\\])/.test(line.replace(/\\["\\]/g, ''))) return undefined;
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
  return shortened(text, 200);
}

const isGzip = (head: Buffer) => head.subarray(0, 2).toString('hex') === '1f8b';

/** What is most likely wrong, told from the first bytes. */
function adviceFor(head: Buffer, shape: FileShape): string {
  const first = head.subarray(0, 2).toString('hex');
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
