import type { Cell, VisualStyle } from '../declare/visual.js';

/** A field as a visual names it. */
export interface ReportField {
  readonly kind: 'column' | 'measure';
  readonly table: string;
  readonly name: string;
}

export interface ReportVisual {
  readonly id: string;
  readonly type: string;
  readonly title: string;
  readonly at: Cell;
  readonly roles: Readonly<Record<string, readonly ReportField[]>>;
  readonly sort: { readonly field: ReportField; readonly direction: 'Ascending' | 'Descending' } | undefined;
  readonly style: VisualStyle;
}

export interface Page {
  readonly id: string;
  readonly title: string;
  readonly rows: number;
  /** The column whose value the page is about, and the id of the filter that keeps it. */
  readonly drillThrough: { readonly id: string; readonly field: ReportField } | undefined;
  readonly visuals: readonly ReportVisual[];
}

/** The pages of a report, in order. */
export interface Report {
  readonly pages: readonly Page[];
}
