import type { SourceLocation } from '../sql/location.js';
import { type RelationLike, type Renderable, type RenderContext, renderSql } from '../sql/renderable.js';
import type { Columns, KeyColumn } from './column.js';
import type { GenericTest } from './generic-test.js';

/** Options that every relation takes. */
export interface RelationOptions<C extends Columns> {
  /** Unique in the project, lower snake case, and the name of its file. */
  readonly name: string;
  readonly description: string;
  /** The schema; by default that of the owner package's domain. */
  readonly schema?: string;
  readonly tags?: readonly string[];
  /** Whom to ask: a team or a person; by default the owner that the package names. Of no consequence to what is built. */
  readonly owner?: string;
  /** The contract: what the columns are called, hold and promise. */
  readonly columns: C;
  /** The columns that identify a row. Gets a unique test; nullable columns are refused by the compiler. */
  readonly key?: readonly KeyColumn<C>[];
  /** Tests of the relation as a whole; those of columns stand with the columns. */
  readonly tests?: readonly GenericTest[];
}

export type RelationKind = 'source' | 'seed' | 'model' | 'snapshot';

/** A node that other nodes read from. Interpolated into `sql` it is its table, view or CTE, and an edge of the DAG. */
export abstract class Relation<C extends Columns = Columns> implements RelationLike, Renderable {
  abstract readonly kind: RelationKind;
  readonly name: string;
  readonly description: string;
  readonly schema: string | undefined;
  readonly tags: readonly string[];
  readonly owner: string | undefined;
  readonly columns: C;
  readonly key: readonly string[];
  readonly tests: readonly GenericTest[];
  readonly location: SourceLocation | undefined;

  constructor(options: RelationOptions<C>, location: SourceLocation | undefined) {
    this.name = options.name;
    this.description = options.description;
    this.schema = options.schema;
    this.tags = options.tags ?? [];
    this.owner = options.owner;
    this.columns = options.columns;
    this.key = options.key ?? [];
    this.tests = options.tests ?? [];
    this.location = location;
  }

  [renderSql](context: RenderContext): string {
    return context.relation(this);
  }
}
