import type { ChartOption } from './echarts.js';

/**
 * What a chart consists of, without its numbers: its parts, and type and name of each. ECharts puts an option of the same
 * shape into the chart that is there, which is several times faster than making it anew; another one would leave parts of
 * the old chart behind.
 */
export function shapeOf(option: ChartOption): string {
  const parts = Object.entries(option).map(([name, part]) => [
    name,
    Array.isArray(part) ? part.map(partShape) : partShape(part),
  ]);
  return JSON.stringify(parts);
}

function partShape(part: unknown): unknown {
  if (typeof part !== 'object' || part === null) return null;
  const { type, name } = part as { readonly type?: unknown; readonly name?: unknown };
  return [Object.keys(part), type, name];
}
