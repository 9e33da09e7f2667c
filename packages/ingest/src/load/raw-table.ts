import {
  formatLiteral,
  provenanceColumns,
  quoteIdentifier,
  type Source,
  type SourceTarget,
  sqlType,
} from '@matinee/core';
import type { FileReading } from '../reading/reading.js';

const quote = (name: string) => quoteIdentifier(name, 'duckdb');
const literal = (text: string) => formatLiteral(text, 'duckdb');

/**
 * The table that a source's files fill. Where a value is the same in every row, as the load always is and the file is if
 * there is only one, its provenance column is virtual: constant text in each of 20 million rows would take half as long
 * again as the load itself. Several files make an enum.
 */
export class RawTable {
  /** Quoted. */
  readonly name: string;
  readonly source: Source;
  readonly #files: readonly string[];
  readonly #loadId: string;

  /** @param files the paths of all files that will be inserted */
  constructor({ source, table }: SourceTarget, files: readonly string[], loadId: string) {
    this.name = table;
    this.source = source;
    this.#files = files;
    this.#loadId = loadId;
  }

  create(): string {
    const columns = Object.entries(this.source.columns).map(
      ([name, { type }]) => `${quote(name)} ${sqlType(type, 'duckdb')}`,
    );
    const { file, load } = provenanceColumns;
    const provenance = [
      `${quote(file)} ${this.#fileType()}`,
      `${quote(load)} varchar generated always as (${literal(this.#loadId)}) virtual`,
    ];
    return `create table ${this.name} (${[...columns, ...provenance].join(', ')})`;
  }

  /** Appends the rows of a relation that has a file's fields as they were read. */
  insert(reading: FileReading, from: string, file: string): string {
    const names = reading.fields.map(({ name }) => quote(name));
    const values = reading.fields.map(({ value }) => value);
    if (this.#files.length > 1) {
      names.push(quote(provenanceColumns.file));
      values.push(`cast(${literal(file)} as ${this.#fileType()})`);
    }
    return `insert into ${this.name} (${names.join(', ')})\nselect ${values.join(', ')}\nfrom ${from}`;
  }

  #fileType(): string {
    const [first, ...more] = this.#files;
    if (first === undefined) return 'varchar';
    if (more.length === 0) return `varchar generated always as (${literal(first)}) virtual`;
    return `enum (${this.#files.map(literal).join(', ')})`;
  }
}
