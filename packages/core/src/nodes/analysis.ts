import type { Sql } from '../sql/fragment.js';
import { callerLocation, type SourceLocation } from '../sql/location.js';
import type { Columns } from './column.js';

export interface AnalysisOptions {
  readonly name: string;
  readonly description: string;
  readonly tags?: readonly string[];
  /** Whom to ask; by default the owner that the package names. */
  readonly owner?: string;
  readonly columns: Columns;
  readonly query: Sql;
}

/** A query kept with the project: compiled, checked and shown on request, never materialized. */
export class Analysis {
  readonly kind = 'analysis';
  readonly name: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly owner: string | undefined;
  readonly columns: Columns;
  readonly query: Sql;
  readonly location: SourceLocation | undefined;

  constructor(options: AnalysisOptions, location?: SourceLocation) {
    this.name = options.name;
    this.description = options.description;
    this.tags = options.tags ?? [];
    this.owner = options.owner;
    this.columns = options.columns;
    this.query = options.query;
    this.location = location;
  }
}

/** Declares an analysis. */
export function analysis(options: AnalysisOptions): Analysis {
  return new Analysis(options, callerLocation(analysis));
}
