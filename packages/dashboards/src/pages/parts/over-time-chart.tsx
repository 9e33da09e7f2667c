import { Chart, formatDay, formatMonth, formatNumber, useMeasure } from '@matinee/site/browser';
import type { RatingsOverTime } from '../../numbers/ratings-over-time.js';
import { standsAlone, starsAxis } from './stars-axis.js';

interface OverTimeChartProps {
  readonly data: RatingsOverTime;
  /** The model, and its measures of ratings and of their mean. */
  readonly of: string;
  readonly counted: string;
  readonly averaged: string;
}

/** Ratings as bars, and below their mean as a line, along the same time. */
export function OverTimeChart({ data, of, counted, averaged }: OverTimeChartProps) {
  const [ratings, average] = [useMeasure(of, counted), useMeasure(of, averaged)];
  const periodText = data.unit === 'day' ? formatDay : formatMonth;
  return (
    <Chart
      title="Ratings and their average over time"
      description={data.unit === 'day' ? 'Day by day.' : 'Month by month; a short range is shown by days.'}
      span={12}
      height={340}
      inputs={[data]}
      option={({ series, muted }) => {
        const categories = data.periods.map(periodText);
        // both charts begin on the same line, whatever their labels take; half of the last label stands on the right
        const bounds = { left: 44, right: 32, outerBoundsMode: 'none' };
        const axis = { type: 'category', data: categories, boundaryGap: true };
        const name = { nameLocation: 'end', nameGap: 10, nameTextStyle: { align: 'left', color: muted } };
        const format = (axisFormat: 'compact' | 'decimal') => ({
          formatter: (value: number) =>
            axisFormat === 'compact' ? formatNumber(value, 'compact') : value.toFixed(1),
        });
        return {
          tooltip: { trigger: 'axis' },
          axisPointer: { link: [{ xAxisIndex: 'all' }] },
          grid: [
            { ...bounds, top: 28, height: '48%' },
            { ...bounds, top: '70%', bottom: 30 },
          ],
          xAxis: [
            { ...axis, gridIndex: 0, axisLabel: { show: false } },
            { ...axis, gridIndex: 1, axisLabel: { margin: 12 } },
          ],
          yAxis: [
            {
              type: 'value',
              gridIndex: 0,
              name: 'Ratings',
              splitNumber: 3,
              minInterval: 1,
              axisLabel: format('compact'),
              ...name,
            },
            {
              type: 'value',
              gridIndex: 1,
              name: 'Average',
              ...starsAxis,
              axisLabel: format('decimal'),
              ...name,
            },
          ],
          series: [
            {
              type: 'bar',
              name: ratings.label,
              data: Array.from(data.ratings),
              barCategoryGap: '20%',
              barMaxWidth: 32,
              itemStyle: { color: series[0], borderRadius: [2, 2, 0, 0] },
              tooltip: { valueFormatter: (value: number) => formatNumber(value) },
            },
            {
              type: 'line',
              name: average.label,
              xAxisIndex: 1,
              yAxisIndex: 1,
              symbol: data.periods.length < 8 ? 'circle' : 'none',
              data: data.averages.map((value, place) =>
                standsAlone(data.averages, place) ? { value, symbol: 'circle' } : value,
              ),
              showAllSymbol: true,
              symbolSize: 6,
              itemStyle: { color: series[1] },
              tooltip: { valueFormatter: (value: number) => formatNumber(value, 'decimal') },
            },
          ],
        };
      }}
      table={() => ({
        columns: [
          { label: data.unit === 'day' ? 'Day' : 'Month', format: 'text' },
          { label: ratings.label, format: ratings.format },
          { label: average.label, format: average.format },
        ],
        rows: data.periods.map((period, place) => [
          periodText(period),
          data.ratings[place] ?? 0,
          data.averages[place] ?? null,
        ]),
      })}
    />
  );
}
