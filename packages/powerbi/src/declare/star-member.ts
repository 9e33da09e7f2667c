import type { SourceLocation } from '@matinee/core';
import type { DateTable } from './date-table.js';
import type { DistinctTable } from './distinct-table.js';
import type { StarTable } from './star-table.js';

/** What every table of a semantic model has. */
export interface MemberOptions {
  /** The name in Power BI: plain words in the singular, such as `Movie genre`. Reports of users hold on to it. */
  readonly name: string;
  readonly description?: string;
  readonly location: SourceLocation | undefined;
}

/** A table of the semantic model. */
export type StarMember = StarTable | DateTable | DistinctTable;
