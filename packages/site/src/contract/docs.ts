import type { DataType } from '@matinee/core';

/** What `docs.json` holds: the project as the documentation shows it. */
export interface Docs {
  readonly nodes: readonly NodeDocs[];
  /** Which column comes from which, where it could be found out. */
  readonly columnEdges: readonly ColumnEdge[];
}

export interface NodeDocs {
  readonly name: string;
  readonly kind: string;
  /** What people call it, where that is not its name. */
  readonly title?: string;
  /** How it stands in the warehouse: `table`, `view`, `incremental`, `ephemeral`; null if it does not. */
  readonly materialized: string | null;
  readonly package: string;
  /** The part of the project that it belongs to: the last word of its package. */
  readonly domain: string;
  readonly schema: string | null;
  /** Whom to ask; null where nobody says. */
  readonly owner: string | null;
  readonly path: string;
  readonly line: number | null;
  readonly description: string;
  readonly tags: readonly string[];
  readonly key: readonly string[];
  readonly columns: readonly ColumnDocs[];
  readonly reads: readonly string[];
  /** Those of `reads` that only its tests refer to. */
  readonly testReads: readonly string[];
  readonly tests: readonly TestDocs[];
  readonly sql: SqlDocs | null;
  /** Null where nothing is published. */
  readonly rows: number | null;
  /** What it takes on disk; null where the engine does not tell. */
  readonly bytes: number | null;
  /** Newest first. */
  readonly builds: readonly BuildDocs[];
  readonly measures: readonly MeasureDocs[];
}

export interface ColumnDocs {
  readonly name: string;
  readonly type: DataType;
  readonly nullable: boolean;
  readonly description: string;
  readonly values: readonly string[] | null;
  readonly references: { readonly node: string; readonly column: string } | null;
  /** Names of the tests that look at this column. */
  readonly tests: readonly string[];
}

export interface TestDocs {
  readonly name: string;
  /** What it checks, such as `unique`; `query` for a test of its own, `unit` for a unit test. */
  readonly check: string;
  readonly description: string;
  readonly severity: string;
  /** How it came out last; null if it never ran. */
  readonly status: string | null;
  readonly failures: number | null;
  /** ISO time, UTC. */
  readonly at: string | null;
  readonly seconds: number | null;
  readonly message: string | null;
}

/** The file as it is written, and the SQL as it runs on each engine. */
export interface SqlDocs {
  readonly source: string;
  readonly compiled: Readonly<Record<string, string>>;
}

export interface BuildDocs {
  /** ISO time, UTC. */
  readonly at: string;
  readonly action: string;
  readonly status: string;
  /** Null where it was skipped: nothing ran. */
  readonly seconds: number | null;
  readonly rows: number | null;
}

export interface MeasureDocs {
  readonly name: string;
  readonly description: string;
  readonly format: string;
  readonly sql: string;
}

/** `from` is what `to` is made of. */
export interface ColumnEdge {
  readonly from: readonly [node: string, column: string];
  readonly to: readonly [node: string, column: string];
}
