import { callerLocation, Exposure, type Relation, type SourceLocation } from '@matinee/core';
import type { Field } from './field.js';
import type { StarMember } from './star-member.js';
import type { Visual } from './visual.js';

/** A page of the report. */
export interface ReportPage {
  /** Unique in the report, and what keeps the page's id. */
  readonly name: string;
  readonly title: string;
  /** Rows of 60 pixels. Default: 12. */
  readonly rows?: number;
  /** People come to the page from a value of this column in another visual; it is not in the list of pages then. */
  readonly drillThrough?: Field;
  readonly visuals: Readonly<Record<string, Visual>>;
}

export interface PowerBiOptions {
  /** Unique in the project, lower snake case, and the name of its file. Ids are made from it: renaming it makes another report. */
  readonly name: string;
  /** The name of the Power BI project, its semantic model and its report. */
  readonly title: string;
  readonly description: string;
  /** Whom to ask: a team or a person. */
  readonly owner: string;
  readonly tags?: readonly string[];
  readonly tables: readonly StarMember[];
  /** Relationships that no `references` tells of, from the many to the one. */
  readonly relationships?: readonly { readonly from: Field; readonly to: Field }[];
  readonly pages: readonly ReportPage[];
}

/** A semantic model and a report for Power BI, and an exposure: it stands in the lineage behind the relations it loads. */
export class PowerBi extends Exposure {
  readonly tables: readonly StarMember[];
  readonly relationships: readonly { readonly from: Field; readonly to: Field }[];
  readonly pages: readonly ReportPage[];

  constructor(options: PowerBiOptions, location?: SourceLocation) {
    super('report', { ...options, reads: relationsOf(options.tables) }, location);
    this.tables = options.tables;
    this.relationships = options.relationships ?? [];
    this.pages = options.pages;
  }
}

/** Declares a Power BI project, for `matinee powerbi` to write. */
export function powerBi(options: PowerBiOptions): PowerBi {
  return new PowerBi(options, callerLocation(powerBi));
}

function relationsOf(tables: readonly StarMember[]): readonly Relation[] {
  return [...new Set(tables.flatMap((table) => (table.kind === 'relation' ? [table.of] : [])))];
}
