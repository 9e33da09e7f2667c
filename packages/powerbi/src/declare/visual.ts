import type { Field, Fields } from './field.js';
import { listOf } from './field.js';

/** A place on the page's grid of 12 columns and rows of 60 pixels, counted from 0. */
export interface Cell {
  readonly column: number;
  readonly row: number;
  readonly columns: number;
  readonly rows: number;
}

/** What a visual shows beside its fields. */
export type VisualStyle =
  | { readonly type: 'plain' }
  | { readonly type: 'trend' }
  | { readonly type: 'shaded' }
  | { readonly type: 'range' }
  | { readonly type: 'dropdown' }
  | { readonly type: 'text'; readonly text: string; readonly size: number }
  | { readonly type: 'link'; readonly text: string; readonly page: string };

/** A visual of a page. Its name on the page is what keeps its id. */
export interface Visual {
  /** Power BI's name of the kind of visual. */
  readonly type: string;
  readonly title: string;
  readonly at: Cell;
  /** The fields of each role that the kind of visual has. */
  readonly roles: Readonly<Record<string, readonly Field[]>>;
  readonly sort: { readonly field: Field; readonly direction: 'Ascending' | 'Descending' } | undefined;
  readonly style: VisualStyle;
}

interface Placed {
  readonly title: string;
  readonly at: Cell;
}

interface Charted extends Placed {
  readonly x: Field;
  readonly y: Fields;
  readonly legend?: Field;
  readonly sort?: Visual['sort'];
}

/** One number. */
export function card(options: Placed & { readonly value: Field }): Visual {
  return visual('card', options, { Values: options.value });
}

/** A filter of the page: a list that drops down, or with `range` two ends. */
export function slicer(options: Placed & { readonly field: Field; readonly range?: boolean }): Visual {
  const style = options.range ? 'range' : 'dropdown';
  return { ...visual('slicer', options, { Values: options.field }), style: { type: style } };
}

export const lineChart = (options: Charted): Visual => charted('lineChart', options);
export const columnChart = (options: Charted): Visual => charted('clusteredColumnChart', options);
/** Columns of the same height, parted by the legend. */
export const shareChart = (options: Charted): Visual => charted('hundredPercentStackedColumnChart', options);
export const barChart = (options: Charted): Visual => charted('clusteredBarChart', options);
export const stackedBarChart = (options: Charted): Visual => charted('barChart', options);

export function donut(options: Placed & { readonly legend: Field; readonly value: Field }): Visual {
  return visual('donutChart', options, { Category: options.legend, Y: options.value });
}

export function treemap(options: Placed & { readonly group: Field; readonly value: Field }): Visual {
  return visual('treemap', options, { Group: options.group, Values: options.value });
}

/** A point for each value of a field, and a line of their trend. */
export function scatter(
  options: Placed & {
    readonly point: Field;
    readonly x: Field;
    readonly y: Field;
    readonly size?: Field;
  },
): Visual {
  const { point, x, y, size } = options;
  const roles = { Category: point, X: x, Y: y, Size: size };
  return { ...visual('scatterChart', options, roles), style: { type: 'trend' } };
}

export function table(
  options: Placed & { readonly columns: readonly Field[]; readonly sort?: Visual['sort'] },
): Visual {
  return visual('tableEx', options, { Values: options.columns }, options.sort);
}

/** A table whose cells are the darker the larger their number is. */
export function heatMap(
  options: Placed & { readonly rows: Field; readonly columns: Field; readonly value: Field },
): Visual {
  const { rows, columns, value } = options;
  const roles = { Rows: rows, Columns: columns, Values: value };
  return { ...visual('pivotTable', options, roles), style: { type: 'shaded' } };
}

/** @param options.size of the letters, in points */
export function textBox(options: Placed & { readonly text: string; readonly size?: number }): Visual {
  const style: VisualStyle = { type: 'text', text: options.text, size: options.size ?? 12 };
  return { ...visual('textbox', options, {}), style };
}

/** A button that opens a page of the report, by the page's name. */
export function pageLink(options: Placed & { readonly text: string; readonly page: string }): Visual {
  const style: VisualStyle = { type: 'link', text: options.text, page: options.page };
  return { ...visual('actionButton', options, {}), style };
}

function charted(type: string, options: Charted): Visual {
  const { x, y, legend } = options;
  return visual(type, options, { Category: x, Y: y, Series: legend }, options.sort);
}

function visual(
  type: string,
  { title, at }: Placed,
  roles: Readonly<Record<string, Fields | undefined>>,
  sort?: Visual['sort'],
): Visual {
  const filled = Object.entries(roles)
    .map(([role, fields]) => [role, listOf(fields)] as const)
    .filter(([, fields]) => fields.length > 0);
  return { type, title, at, roles: Object.fromEntries(filled), sort, style: { type: 'plain' } };
}
