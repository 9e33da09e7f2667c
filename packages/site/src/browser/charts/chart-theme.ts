import type { Palette, ThemeName } from '../theme/palette.js';
import { palettes } from '../theme/palette.js';

/** What a chart's option may need of the theme beside what {@link echartsTheme} sets by itself. */
export interface ChartTheme extends Palette {
  readonly name: ThemeName;
}

export const FONT =
  "Inter, ui-sans-serif, system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";

export function chartTheme(name: ThemeName): ChartTheme {
  return { name, ...palettes[name] };
}

/** ECharts' theme: what every chart looks like unless its option says otherwise. */
export function echartsTheme(name: ThemeName): object {
  const { series, text, muted, border, surface } = palettes[name];
  const axis = {
    axisLine: { show: false, lineStyle: { color: border } },
    axisTick: { show: false },
    axisLabel: { color: muted, fontSize: 12, hideOverlap: true },
    splitLine: { lineStyle: { color: border, width: 1 } },
    nameTextStyle: { color: muted },
  };
  return {
    color: series,
    backgroundColor: 'transparent',
    textStyle: { fontFamily: FONT, color: text },
    categoryAxis: { ...axis, splitLine: { show: false } },
    valueAxis: axis,
    timeAxis: { ...axis, splitLine: { show: false } },
    logAxis: axis,
    // Labels are inside of the chart's place, and nothing is left over around them.
    grid: {
      left: 4,
      right: 12,
      top: 28,
      bottom: 4,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    legend: { textStyle: { color: muted }, icon: 'roundRect', itemWidth: 12, itemHeight: 8 },
    tooltip: {
      backgroundColor: surface,
      borderColor: border,
      borderWidth: 1,
      padding: [8, 12],
      textStyle: { color: text, fontSize: 13 },
      extraCssText: 'box-shadow:0 8px 24px rgba(10,14,30,.18);border-radius:8px',
    },
    line: { symbol: 'none', lineStyle: { width: 2 } },
    bar: { itemStyle: { borderRadius: 3 } },
    pie: { itemStyle: { borderColor: surface, borderWidth: 2 }, label: { color: text } },
    treemap: { itemStyle: { borderColor: surface } },
  };
}
