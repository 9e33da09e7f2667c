import { type ChartTheme, FONT } from './chart-theme.js';
import type { HeatMapData } from './heat-map-data.js';
import { GAP, type HeatMapPlaces, LABEL_FONT } from './heat-map-places.js';
import { ink } from './ink.js';

/** Around each cell, in CSS pixels; half of it on each side. */
const SPACE = 2;

/**
 * Paints the rows of a part. Colours go up to the largest number of all rows, so that they mean the same wherever one scrolls.
 * Cells that are too narrow for the longest of their numbers go without: colours, tooltips and the table tell them.
 */
export function paintHeatMap(
  context: CanvasRenderingContext2D,
  data: HeatMapData,
  places: HeatMapPlaces,
  theme: ChartTheme,
): void {
  const { part, left, cell } = places;
  const shown = data.rows.slice(part.first, part.first + part.count);
  const texts = shown.map(({ values }) => values.map((value) => (value === null ? '' : data.format(value))));
  const most = largest(data);
  const radius = Math.min(5, cell.width / 4, cell.height / 4);
  context.textBaseline = 'middle';
  context.font = LABEL_FONT;
  context.fillStyle = theme.muted;
  context.textAlign = 'right';
  shown.forEach(({ label }, line) => {
    context.fillText(label, left - GAP, (line + 0.5) * cell.height);
  });
  context.textAlign = 'center';
  paintColumnLabels(context, data, places);
  context.font = `11px ${FONT}`;
  const isRoomy = context.measureText(longest(texts.flat())).width + 2 * SPACE <= cell.width;
  shown.forEach(({ values }, line) => {
    values.forEach((value, column) => {
      if (value === null) return;
      const { color, text } = ink(theme, value / most);
      const [x, y] = [left + column * cell.width, line * cell.height];
      context.fillStyle = color;
      context.beginPath();
      context.roundRect(x + SPACE / 2, y + SPACE / 2, cell.width - SPACE, cell.height - SPACE, radius);
      context.fill();
      if (!isRoomy) return;
      context.fillStyle = text;
      context.fillText(texts[line]?.[column] ?? '', x + cell.width / 2, y + cell.height / 2);
    });
  });
}

/** Every second or third where there is no room for all. */
function paintColumnLabels(
  context: CanvasRenderingContext2D,
  { columns, columnsName }: HeatMapData,
  { part, left, cell }: HeatMapPlaces,
): void {
  const widest = context.measureText(longest(columns)).width + 4;
  const every = Math.max(1, Math.ceil(widest / cell.width));
  const bottom = part.count * cell.height;
  columns.forEach((label, column) => {
    if (column % every === 0) context.fillText(label, left + (column + 0.5) * cell.width, bottom + 13);
  });
  if (columnsName !== undefined)
    context.fillText(columnsName, left + (columns.length * cell.width) / 2, bottom + 32);
}

function largest({ rows }: HeatMapData): number {
  let most = 0;
  for (const { values } of rows) for (const value of values) if (value !== null && value > most) most = value;
  return most || 1;
}

const longest = (texts: readonly string[]) =>
  texts.reduce((most, text) => (text.length > most.length ? text : most), '');
