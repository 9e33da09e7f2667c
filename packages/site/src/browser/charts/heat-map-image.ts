import type { ChartTheme } from './chart-theme.js';
import type { HeatMapData } from './heat-map-data.js';
import { axisHeight, placeCells, type Size } from './heat-map-places.js';
import { paintHeatMap } from './paint-heat-map.js';

/** In pixels. No browser draws much more; a higher image has one pixel where others have two. */
const HIGHEST = 16_000;

/**
 * A picture of all rows, as high as they are on the page.
 *
 * @param size of the map on the page, with `inSight` of its rows
 * @returns the address of a PNG; undefined if the map is too large for one
 */
export function heatMapImage(
  data: HeatMapData,
  { width, height }: Size,
  inSight: number,
  theme: ChartTheme,
): string | undefined {
  const axis = axisHeight(data.columnsName);
  const full = axis + ((height - axis) / Math.max(1, inSight)) * data.rows.length;
  const scale = full * 2 > HIGHEST ? 1 : 2;
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(full * scale);
  const context = canvas.getContext('2d');
  if (!context) return undefined;
  context.scale(scale, scale);
  context.fillStyle = theme.surface;
  context.fillRect(0, 0, width, full);
  const part = { first: 0, count: data.rows.length };
  paintHeatMap(context, data, placeCells(context, data, part, { width, height: full }), theme);
  return canvas.toDataURL('image/png');
}
