/**
 * What should become of a file, by rules written down once more and in another way: a regular expression over text, where
 * the loader runs over bytes. Slow, for small files.
 */
export interface Expected {
  readonly rows: readonly ExpectedRow[];
  readonly rejects: readonly ExpectedReject[];
}

/** A record that fits. */
export interface ExpectedRow {
  /** The physical line on which it begins. */
  readonly line: number;
  /** The values as text; null for an empty value that is no text. */
  readonly values: readonly (string | null)[];
  readonly raw: string;
}

export interface ExpectedReject {
  readonly line: number;
  /** The field that does not fit, null if it is the number of fields; undefined where quotes are broken. */
  readonly field: number | null | undefined;
  /** The line, or the record where its quotes are whole. */
  readonly raw: string;
}

export type ReferenceKind = 'int' | 'optionalInt' | 'double' | 'epoch' | 'time' | 'text';

const MOST_BYTES = 1024 * 1024;
const MOST_RAW = 10_000;

const FORMS: Record<Exclude<ReferenceKind, 'text'>, (value: string) => boolean> = {
  int: isInt,
  optionalInt: (value) => value === '' || isInt(value),
  double: (value) =>
    /^[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?$/.test(value) && Number.isFinite(Number(value)),
  epoch: (value) =>
    isInt(value) && BigInt.asIntN(64, toInt(value)) >= -62135596800n && toInt(value) <= 253402300799n,
  time: (value) => {
    if (!/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(value) || value.startsWith('0000')) return false;
    const date = new Date(`${value.replace(' ', 'T')}.000Z`);
    return !Number.isNaN(date.getTime()) && date.toISOString().replace('T', ' ').startsWith(value);
  },
};

function isInt(value: string): boolean {
  return /^[-+]?[0-9]+$/.test(value) && toInt(value) >= -(2n ** 63n) && toInt(value) < 2n ** 63n;
}

function toInt(value: string): bigint {
  return BigInt(value.replace('+', ''));
}

interface Grammar {
  readonly record: RegExp;
  readonly field: RegExp;
  readonly quoteEscape: '"' | '\\';
}

function grammarOf(quoteEscape: '"' | '\\'): Grammar {
  const quoted =
    quoteEscape === '"'
      ? '"[^"]*(?:""[^"]*)*"'
      : '"[^"\\\\]*(?:\\\\["\\\\][^"\\\\]*|\\\\(?!["\\\\])[^"\\\\]*)*"';
  const field = `(?:${quoted}|[^",\\r\\n]*)`;
  return {
    record: new RegExp(`${field}(?:,${field})*(?=\\r?\\n)`, 'y'),
    field: new RegExp(field, 'y'),
    quoteEscape,
  };
}

/** Whether the first line of a file is this header, quoted or not, behind a byte order mark or none. */
export function hasHeader(file: Uint8Array, header: readonly string[], quoteEscape: '"' | '\\'): boolean {
  const [first = ''] = Buffer.from(file)
    .toString('latin1')
    .replace(/^\xef\xbb\xbf/, '')
    .split('\n', 1);
  const grammar = grammarOf(quoteEscape);
  const line = first.replace(/\r$/, '');
  const found = recordAt(`${line}\n`, 0, grammar);
  return found === line && JSON.stringify(valuesOf(line, grammar)) === JSON.stringify(header);
}

/** What becomes of the records behind a file's header. */
export function expectedOf(
  file: Uint8Array,
  kinds: readonly ReferenceKind[],
  quoteEscape: '"' | '\\',
): Expected {
  const all = Buffer.from(file).toString('latin1');
  const text = all.endsWith('\n') || all === '' ? all : `${all}\n`;
  const grammar = grammarOf(quoteEscape);
  const rows: ExpectedRow[] = [];
  const rejects: ExpectedReject[] = [];
  let line = 2;
  for (let at = text.indexOf('\n') + 1; at < text.length; ) {
    const lineEnd = text.indexOf('\n', at);
    const found = recordAt(text, at, grammar);
    const newlines = found?.split('\n').length ?? 1;
    const values = valuesOf(found ?? '', grammar);
    const isBroken = found === undefined || (newlines > 1 && !mayBreak(values, found, kinds));
    if (isBroken) {
      rejects.push({ line: line++, field: undefined, raw: rawOf(text.slice(at, lineEnd)) });
      at = lineEnd + 1;
      continue;
    }
    const raw = rawOf(found);
    const field = found.length > MOST_BYTES ? null : unfit(values, kinds);
    if (found !== '' && field === undefined)
      rows.push({ line, values: values.map((value, index) => readable(value, kinds[index]!)), raw });
    else if (found !== '') rejects.push({ line, field, raw });
    line += newlines;
    at = text.indexOf('\n', at + found.length) + 1;
  }
  return { rows, rejects };
}

function recordAt(text: string, at: number, { record }: Grammar): string | undefined {
  record.lastIndex = at;
  return record.exec(text)?.[0];
}

/** Whether line breaks stand where a text belongs, in a record of the right size. */
function mayBreak(values: readonly string[], record: string, kinds: readonly ReferenceKind[]): boolean {
  return (
    values.length === kinds.length &&
    record.length < MOST_BYTES &&
    values.every((value, index) => !value.includes('\n') || kinds[index] === 'text')
  );
}

function valuesOf(record: string, { field, quoteEscape }: Grammar): readonly string[] {
  const written: string[] = [];
  for (let at = 0; at <= record.length; at += written.at(-1)!.length + 1) {
    field.lastIndex = at;
    written.push(field.exec(record)![0]);
  }
  return written.map((value) => resolve(value, quoteEscape));
}

function resolve(value: string, quoteEscape: '"' | '\\'): string {
  if (!value.startsWith('"')) return value;
  const inner = value.slice(1, -1);
  return quoteEscape === '"' ? inner.replaceAll('""', '"') : inner.replace(/\\(["\\])/g, '$1');
}

/** The first field that does not fit, null if there are more or fewer than there should be, undefined if all is well. */
function unfit(values: readonly string[], kinds: readonly ReferenceKind[]): number | null | undefined {
  if (values.length !== kinds.length) return null;
  const index = values.findIndex((value, place) => !fits(value, kinds[place]!));
  return index < 0 ? undefined : index;
}

function fits(value: string, kind: ReferenceKind): boolean {
  if (value.includes('\0') || utf8(value) === undefined) return false;
  return kind === 'text' || FORMS[kind](value);
}

function readable(value: string, kind: ReferenceKind): string | null {
  return value === '' && kind !== 'text' ? null : utf8(value)!;
}

function utf8(latin1: string): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(latin1, 'latin1'));
  } catch {
    return undefined;
  }
}

/** Bytes as a person can read them: what is no text is replaced, and the end of what is too long is left out. */
function rawOf(latin1: string): string {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(Buffer.from(latin1, 'latin1'));
  return Array.from(text.replace(/\r$/, '')).slice(0, MOST_RAW).join('').replaceAll('\0', '\ufffd');
}
