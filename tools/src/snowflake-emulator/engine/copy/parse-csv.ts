import type { CsvFormat } from './format.js';

export interface CsvRow {
  readonly fields: readonly (string | null)[];
  /** Of its first line in the file, from 1. */
  readonly line: number;
  /** From 1, headers left out. */
  readonly number: number;
}

/** The rows of a CSV text. A quote that is never closed takes the rest of the file. */
export function parseCsv(text: string, format: CsvFormat): readonly CsvRow[] {
  const reader = new CsvReader(text, format);
  const rows: CsvRow[] = [];
  for (let row = reader.row(); row; row = reader.row()) {
    if (row.line <= format.skipHeader) continue;
    if (format.skipBlankLines && row.fields.length === 1 && (row.fields[0] ?? '') === '') continue;
    rows.push({ ...row, number: rows.length + 1 });
  }
  return rows;
}

class CsvReader {
  readonly #text: string;
  readonly #format: CsvFormat;
  #at = 0;
  #line = 1;

  constructor(text: string, format: CsvFormat) {
    this.#text = text;
    this.#format = format;
  }

  row(): Omit<CsvRow, 'number'> | undefined {
    if (this.#at >= this.#text.length) return undefined;
    const line = this.#line;
    const fields = [this.#field()];
    for (let delimiter = this.#delimiter(); delimiter > 0; delimiter = this.#delimiter()) {
      this.#at += delimiter;
      fields.push(this.#field());
    }
    if (this.#text[this.#at] === '\r') this.#at++;
    this.#at++;
    this.#line++;
    return { fields, line };
  }

  /** The length of a delimiter that comes next, or 0. */
  #delimiter(): number {
    const { fieldDelimiter } = this.#format;
    return fieldDelimiter !== undefined && this.#text.startsWith(fieldDelimiter, this.#at)
      ? fieldDelimiter.length
      : 0;
  }

  #field(): string | null {
    const { enclosedBy, trimSpace } = this.#format;
    const start = trimSpace ? this.#blanksFrom(this.#at) : this.#at;
    if (enclosedBy !== undefined && this.#text[start] === enclosedBy) {
      this.#at = start + 1;
      const value = this.#enclosed(enclosedBy);
      if (trimSpace) this.#at = this.#blanksFrom(this.#at);
      return this.#nullable(value, false);
    }
    return this.#nullable(this.#plain(), true);
  }

  #blanksFrom(at: number): number {
    let end = at;
    while (this.#text[end] === ' ') end++;
    return end;
  }

  #enclosed(quote: string): string {
    const { escape: escapedBy } = this.#format;
    let value = '';
    for (; this.#at < this.#text.length; this.#at++) {
      const char = this.#text[this.#at]!;
      if (char === escapedBy && escapedBy !== quote) value += this.#text[++this.#at] ?? '';
      else if (char !== quote) value += char;
      else if (this.#text[this.#at + 1] === quote) {
        value += quote;
        this.#at++;
      } else {
        this.#at++;
        return value;
      }
      if (char === '\n') this.#line++;
    }
    return value;
  }

  #plain(): string {
    const { escapeUnenclosed, nullIf, trimSpace } = this.#format;
    const start = this.#at;
    let value = '';
    for (; this.#at < this.#text.length; this.#at++) {
      const char = this.#text[this.#at]!;
      if (char === '\n' || (char === '\r' && this.#text[this.#at + 1] === '\n')) break;
      if (this.#delimiter() > 0) break;
      if (char === escapeUnenclosed) value += this.#text[++this.#at] ?? '';
      else value += char;
    }
    // NULL_IF is compared with what stands in the file
    const raw = this.#text.slice(start, this.#at);
    if (nullIf.includes(raw)) return raw;
    return trimSpace ? value.trim() : value;
  }

  #nullable(value: string, isPlain: boolean): string | null {
    if (this.#format.nullIf.includes(value)) return null;
    return isPlain && value === '' && this.#format.emptyFieldAsNull ? null : value;
  }
}
