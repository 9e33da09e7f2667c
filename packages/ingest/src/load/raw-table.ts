import {
  type DeliveredFile,
  formatLiteral,
  provenanceColumns,
  quoteIdentifier,
  type Source,
  type StandingFile,
  sqlType,
} from '@matinee/core';
import type { FileReading } from '../reading/reading.js';
import { readCsv } from './read-csv.js';

const quote = (name: string) => quoteIdentifier(name, 'duckdb');
const literal = (text: string) => formatLiteral(text, 'duckdb');

/** What the provenance columns of a table may hold. */
export interface Provenance {
  /** The paths of all files whose rows will be inserted. */
  readonly files: readonly string[];
  /** The loads that bring or brought them, this one first. */
  readonly loadIds: readonly [string, ...string[]];
}

/** Of a table for the files of a load, and for rows of files that others have brought. */
export function provenanceOf(
  loadId: string,
  files: readonly DeliveredFile[],
  kept: readonly StandingFile[] = [],
): Provenance {
  return {
    files: [...files, ...kept].map(({ path }) => path),
    loadIds: [loadId, ...kept.map((file) => file.loadId)],
  };
}

/**
 * A table that the files of a source fill. Where the whole source is one file, its provenance columns are virtual: constant
 * text in each of 20 million rows would take half as long again as the load itself. Parts of a source get enums, so that
 * the rows of other parts can come and go.
 */
export class RawTable {
  /** Quoted. */
  readonly name: string;
  readonly source: Source;
  readonly #provenance: Provenance;

  constructor(name: string, source: Source, provenance: Provenance) {
    this.name = name;
    this.source = source;
    this.#provenance = provenance;
  }

  create(): string {
    const columns = Object.entries(this.source.columns).map(
      ([name, { type }]) => `${quote(name)} ${sqlType(type, 'duckdb')}`,
    );
    const { file, load } = provenanceColumns;
    const provenance = [`${quote(file)} ${this.#fileType()}`, `${quote(load)} ${this.#loadType()}`];
    return `create table ${this.name} (${[...columns, ...provenance].join(', ')})`;
  }

  /** Appends the rows of a relation that has a file's fields as they were read. */
  insert(reading: FileReading, from: string, file: string): string {
    const names = reading.fields.map(({ name }) => quote(name));
    const values = reading.fields.map(({ value }) => value);
    if (!this.#isWhole()) {
      names.push(quote(provenanceColumns.file), quote(provenanceColumns.load));
      values.push(`cast(${literal(file)} as ${this.#fileType()})`);
      values.push(`cast(${literal(this.#provenance.loadIds[0])} as ${this.#loadType()})`);
    }
    return `insert into ${this.name} (${names.join(', ')})\nselect ${values.join(', ')}\nfrom ${from}`;
  }

  /** Appends the rows of several files, parts of the source, each row with its own file. */
  insertFiles(
    reading: FileReading,
    files: readonly { readonly path: string; readonly file: string }[],
  ): string {
    const { file: fileColumn, load } = provenanceColumns;
    const fields = reading.fields.map(({ name }) => quote(name));
    const values = reading.fields.map(({ value }) => value);
    const paths = files.map(({ path }) => path);
    const pairs = files.map(({ path, file }) => `(${literal(path)}, ${literal(file)})`);
    return `insert into ${this.name} (${[...fields, quote(fileColumn), quote(load)].join(', ')})
select ${values.join(', ')}, _part, cast(${literal(this.#provenance.loadIds[0])} as ${this.#loadType()})
from ${readCsv(paths, reading, { filename: '_path' })}
join (select _path, cast(_part as ${this.#fileType()}) as _part from (values ${pairs.join(', ')}) as _parts (_path, _part)) as _parts using (_path)`;
  }

  /** How many rows each file has in the table. */
  countByFile(): string {
    const file = quote(provenanceColumns.file);
    return `select cast(${file} as varchar) as file, count(*) as row_count from ${this.name} group by ${file}`;
  }

  /** Appends rows that stand in another table of the source, with the file and load they came from. */
  insertStanding(from: string): string {
    const { file, load } = provenanceColumns;
    const columns = Object.keys(this.source.columns).map(quote);
    const names = [...columns, quote(file), quote(load)];
    const values = [...columns, `cast(${quote(file)} as varchar)`, `cast(${quote(load)} as varchar)`];
    return `insert into ${this.name} (${names.join(', ')})\nselect ${values.join(', ')}\nfrom ${from}`;
  }

  #fileType(): string {
    const { files } = this.#provenance;
    const [first] = files;
    if (first === undefined) return 'varchar';
    return this.#isWhole() ? constant(first) : enumOf(files);
  }

  #loadType(): string {
    const { loadIds, files } = this.#provenance;
    return this.#isWhole() || files.length === 0 ? constant(loadIds[0]) : enumOf(loadIds);
  }

  /** Whether one file is all of the source, not a part beside which others may come to stand. */
  #isWhole(): boolean {
    const { files, loadIds } = this.#provenance;
    return files.length === 1 && loadIds.length === 1 && !files[0]?.includes('/');
  }
}

function constant(text: string): string {
  return `varchar generated always as (${literal(text)}) virtual`;
}

export function enumOf(values: readonly string[]): string {
  return `enum (${[...new Set(values)].map(literal).join(', ')})`;
}

/** The rows of some files in a standing table, to read from. */
export function rowsOfFiles(table: string, files: readonly StandingFile[]): string {
  const paths = files.map(({ path }) => literal(path)).join(', ');
  return `${table} where cast(${quote(provenanceColumns.file)} as varchar) in (${paths})`;
}
