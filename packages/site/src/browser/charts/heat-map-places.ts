import { FONT } from './chart-theme.js';
import type { HeatMapData, HeatMapPart } from './heat-map-data.js';

/** In CSS pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Where the cells of a heat map are, in CSS pixels from its upper left corner. */
export interface HeatMapPlaces {
  readonly part: HeatMapPart;
  readonly columns: number;
  /** Cells begin right of the labels of rows. */
  readonly left: number;
  readonly cell: Size;
}

export const LABEL_FONT = `12px ${FONT}`;
/** Between labels and cells. */
export const GAP = 8;

/** Measures the labels of all rows, not only of those drawn: cells stay where they are while one scrolls. */
export function placeCells(
  context: CanvasRenderingContext2D,
  { columns, rows, columnsName }: HeatMapData,
  part: HeatMapPart,
  { width, height }: Size,
): HeatMapPlaces {
  context.font = LABEL_FONT;
  const widest = rows.reduce((most, { label }) => Math.max(most, context.measureText(label).width), 0);
  const left = Math.ceil(widest) + GAP;
  return {
    part,
    columns: columns.length,
    left,
    cell: {
      width: Math.max(0, width - left) / Math.max(1, columns.length),
      height: Math.max(0, height - axisHeight(columnsName)) / Math.max(1, part.count),
    },
  };
}

/** What the labels of the columns take, in CSS pixels. */
export function axisHeight(columnsName: string | undefined): number {
  return columnsName === undefined ? 24 : 40;
}

/** The row and column at a point, if there is a cell. */
export function cellAt(
  { part, columns, left, cell }: HeatMapPlaces,
  x: number,
  y: number,
): { readonly row: number; readonly column: number } | undefined {
  const column = Math.floor((x - left) / cell.width);
  const line = Math.floor(y / cell.height);
  const isIn = column >= 0 && column < columns && line >= 0 && line < part.count;
  return isIn ? { row: part.first + line, column } : undefined;
}
