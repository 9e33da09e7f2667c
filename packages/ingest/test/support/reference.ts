/**
 * What should become of a file, by rules written down once more and in another way: a regular expression over text, where
 * the loader runs over bytes. Slow, for small files.
 */
export interface Expected {
  /** The values of each record that fits, as text; null for an empty value that is no text. */
  readonly rows: readonly (readonly (string | null)[])[];
  /** The lines of the others. */
  readonly rejectedLines: readonly number[];
}

export type ReferenceKind = 'int' | 'optionalInt' | 'double' | 'epoch' | 'time' | 'text';

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

export function expectedOf(
  file: Uint8Array,
  kinds: readonly ReferenceKind[],
  quoteEscape: '"' | '\\',
): Expected {
  const all = Buffer.from(file).toString('latin1');
  const text = all.endsWith('\n') || all === '' ? all : `${all}\n`;
  const quoted = quoteEscape === '"' ? '"(?:[^"]|"")*"' : '"(?:[^"\\\\]|\\\\["\\\\]|\\\\(?!["\\\\]))*"';
  const field = `(?:${quoted}|[^",\\r\\n]*)`;
  const record = new RegExp(`${field}(?:,${field})*(?=\\r?\\n)`, 'y');
  const piece = new RegExp(field, 'y');
  const rows: (string | null)[][] = [];
  const rejectedLines: number[] = [];
  let line = 2;
  for (let at = text.indexOf('\n') + 1; at < text.length; ) {
    const lineEnd = text.indexOf('\n', at);
    record.lastIndex = at;
    const found = record.exec(text)?.[0];
    const newlines = found?.split('\n').length ?? 1;
    const values = split(found ?? '', piece);
    const oddBreak =
      newlines > 1 &&
      (values.length !== kinds.length ||
        values.some((value, index) => value.includes('\n') && kinds[index] !== 'text'));
    if (found === undefined || oddBreak) {
      rejectedLines.push(line++);
      at = lineEnd + 1;
      continue;
    }
    const row = found === '' ? undefined : values.map((value) => resolve(value, quoteEscape));
    if (row && row.length === kinds.length && row.every((value, index) => fits(value, kinds[index]!))) {
      rows.push(row.map((value, index) => (value === '' && kinds[index] !== 'text' ? null : utf8(value)!)));
    } else if (row) rejectedLines.push(line);
    line += newlines;
    at = text.indexOf('\n', at + found.length) + 1;
  }
  return { rows, rejectedLines };
}

function split(record: string, piece: RegExp): readonly string[] {
  const values: string[] = [];
  for (let at = 0; at <= record.length; at += values.at(-1)!.length + 1) {
    piece.lastIndex = at;
    values.push(piece.exec(record)![0]);
  }
  return values;
}

function resolve(value: string, quoteEscape: '"' | '\\'): string {
  if (!value.startsWith('"')) return value;
  const inner = value.slice(1, -1);
  return quoteEscape === '"' ? inner.replaceAll('""', '"') : inner.replace(/\\(["\\])/g, '$1');
}

function fits(value: string, kind: ReferenceKind): boolean {
  if (value.includes('\0') || utf8(value) === undefined) return false;
  return kind === 'text' || FORMS[kind](value);
}

function utf8(latin1: string): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(latin1, 'latin1'));
  } catch {
    return undefined;
  }
}
