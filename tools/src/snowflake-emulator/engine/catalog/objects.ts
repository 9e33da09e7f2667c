import type { Properties } from '../statements/properties.js';
import type { SqlType } from '../types.js';

export interface Column {
  readonly name: string;
  readonly type: SqlType;
  readonly nullable: boolean;
  /** SQL text, as written. */
  readonly default: string | undefined;
  readonly comment: string | undefined;
  /** Its quoted name in DuckDB; it stays when the column is renamed. */
  readonly physical: string;
}

export type Durability = 'permanent' | 'transient' | 'temporary';

/** A table under whatever name: rename and swap move it whole, its load history among it. */
export interface Table {
  readonly kind: 'table';
  /** Its quoted name in DuckDB, which no other table ever had. */
  readonly physical: string;
  readonly durability: Durability;
  readonly created: bigint;
  columns: readonly Column[];
  comment: string;
  clusterBy: string;
  /** Files that COPY has loaded, with the ETag each had. */
  loads: ReadonlyMap<string, string>;
}

/** A view is its text: it is bound anew whenever it is read. */
export interface View {
  readonly kind: 'view';
  readonly query: string;
  /** The whole statement, for SHOW VIEWS. */
  readonly text: string;
  /** Where its unqualified names are looked for. */
  readonly database: string;
  readonly schema: string;
  readonly created: bigint;
  readonly secure: boolean;
  readonly columns: readonly {
    readonly name: string;
    readonly type: SqlType;
    readonly comment: string | undefined;
  }[];
  comment: string;
}

export type Relation = Table | View;

export type FormatOptions = Properties;

export interface Stage {
  readonly name: string;
  /** Undefined for an internal one. */
  readonly url: string | undefined;
  readonly format: FormatOptions;
  readonly created: bigint;
  readonly comment: string;
  /** Of an internal stage. */
  readonly files: Map<string, { readonly bytes: Uint8Array; readonly modified: Date }>;
}

export interface Schema {
  readonly name: string;
  readonly database: string;
  readonly created: bigint;
  readonly transient: boolean;
  comment: string;
  readonly relations: Map<string, Relation>;
  readonly stages: Map<string, Stage>;
  readonly formats: Map<string, FormatOptions>;
}

export interface Database {
  readonly name: string;
  readonly created: bigint;
  comment: string;
  readonly schemas: Map<string, Schema>;
}
