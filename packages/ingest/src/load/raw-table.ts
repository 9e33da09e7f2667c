import {
  type DeliveredFile,
  type Dialect,
  formatLiteral,
  provenanceColumns,
  quoteIdentifier,
  type Source,
  type StandingFile,
  sqlType,
} from '@matinee/core';
import type { FileReading } from '../reading/reading.js';
import { readCsv } from './read-csv.js';

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
 * A table that the files of a source fill. On DuckDB, where the whole source is one file, its provenance columns are
 * virtual: constant text in each of 20 million rows would take half as long again as the load itself. Parts of a source get
 * enums, so that the rows of other parts can come and go. Snowflake packs repeated text by itself.
 */
export class RawTable {
  /** Quoted. */
  readonly name: string;
  readonly source: Source;
  readonly dialect: Dialect;
  readonly #provenance: Provenance;

  constructor(name: string, source: Source, provenance: Provenance, dialect: Dialect) {
    this.name = name;
    this.source = source;
    this.dialect = dialect;
    this.#provenance = provenance;
  }

  quote(name: string): string {
    return quoteIdentifier(name, this.dialect);
  }

  /** The source's columns, quoted. */
  get columns(): readonly string[] {
    return Object.keys(this.source.columns).map((name) => this.quote(name));
  }

  create(): string {
    const columns = Object.entries(this.source.columns).map(
      ([name, { type }]) => `${this.quote(name)} ${sqlType(type, this.dialect)}`,
    );
    const { file, load } = provenanceColumns;
    const provenance = [`${this.quote(file)} ${this.#fileType()}`, `${this.quote(load)} ${this.#loadType()}`];
    return `${createTable(this.dialect)} ${this.name} (${[...columns, ...provenance].join(', ')})`;
  }

  /** Appends the rows of a relation that has a file's fields as DuckDB's reader has read them. */
  insert(reading: FileReading, from: string, file: string): string {
    const names = reading.fields.map(({ name }) => this.quote(name));
    const values = reading.fields.map(({ value }) => value);
    if (!this.#isVirtual()) {
      names.push(this.quote(provenanceColumns.file), this.quote(provenanceColumns.load));
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
    const fields = reading.fields.map(({ name }) => this.quote(name));
    const values = reading.fields.map(({ value }) => value);
    const paths = files.map(({ path }) => path);
    const pairs = files.map(({ path, file }) => `(${literal(path)}, ${literal(file)})`);
    return `insert into ${this.name} (${[...fields, this.quote(fileColumn), this.quote(load)].join(', ')})
select ${values.join(', ')}, _part, cast(${literal(this.#provenance.loadIds[0])} as ${this.#loadType()})
from ${readCsv(paths, reading, { filename: '_path' })}
join (select _path, cast(_part as ${this.#fileType()}) as _part from (values ${pairs.join(', ')}) as _parts (_path, _part)) as _parts using (_path)`;
  }

  /** How many rows each file has in the table. */
  countByFile(): string {
    const file = this.quote(provenanceColumns.file);
    return `select cast(${file} as varchar) as file, count(*) as row_count from ${this.name} group by ${file}`;
  }

  /** Appends rows that stand in another table of the source, with the file and load they came from. */
  insertStanding(from: string): string {
    const provenance = Object.values(provenanceColumns).map((name) => this.quote(name));
    const names = [...this.columns, ...provenance];
    const values = [...this.columns, ...provenance.map((name) => `cast(${name} as varchar)`)];
    return `insert into ${this.name} (${names.join(', ')})\nselect ${values.join(', ')}\nfrom ${from}`;
  }

  /** Appends rows of this very table that were taken out of it. */
  insertAgain(from: string): string {
    if (!this.#isVirtual()) return this.insertStanding(from);
    const columns = this.columns.join(', ');
    return `insert into ${this.name} (${columns})\nselect ${columns}\nfrom ${from}`;
  }

  #fileType(): string {
    const { files } = this.#provenance;
    const [first] = files;
    if (this.dialect !== 'duckdb' || first === undefined) return 'varchar';
    return this.#isVirtual() ? constant(first) : enumOf(files);
  }

  #loadType(): string {
    const { loadIds, files } = this.#provenance;
    if (this.dialect !== 'duckdb') return 'varchar';
    return this.#isVirtual() || files.length === 0 ? constant(loadIds[0]) : enumOf(loadIds);
  }

  /** Whether one file is all of the source, not a part beside which others may come to stand. */
  #isVirtual(): boolean {
    const { files, loadIds } = this.#provenance;
    return (
      this.dialect === 'duckdb' && files.length === 1 && loadIds.length === 1 && !files[0]?.includes('/')
    );
  }
}

function constant(text: string): string {
  return `varchar generated always as (${literal(text)}) virtual`;
}

export function enumOf(values: readonly string[]): string {
  return `enum (${[...new Set(values)].map(literal).join(', ')})`;
}

/** How tables are made that can be loaded again: Snowflake need not keep what such a table was before. */
export function createTable(dialect: Dialect): string {
  return dialect === 'snowflake' ? 'create transient table' : 'create table';
}

/** The rows of some files in a standing table, to read from. */
export function rowsOfFiles(table: string, files: readonly StandingFile[], dialect: Dialect): string {
  const paths = files.map(({ path }) => formatLiteral(path, dialect)).join(', ');
  return `${table} where cast(${quoteIdentifier(provenanceColumns.file, dialect)} as varchar) in (${paths})`;
}
