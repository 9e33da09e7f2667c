import { Chart, formatNumber } from '@matinee/site/browser';
import type { TagTrend } from '../../numbers/tag-trend.js';
import type { Tag } from '../../numbers/tags.js';
import { tagText } from './tag-text.js';

interface PopularityChartProps {
  readonly tags: readonly Tag[];
  readonly trend: TagTrend | null;
}

/** Average rating of tags against the number of ratings, with the trend. */
export function PopularityChart({ tags, trend }: PopularityChartProps) {
  return (
    <Chart
      title="Rating against popularity"
      description={trendText(trend)}
      span={6}
      height={380}
      inputs={[tags, trend]}
      option={({ series, muted, surface }) => {
        const counts = tags.map(({ ratings }) => ratings).filter((ratings) => ratings > 0);
        const ends = trend && [Math.min(...counts), Math.max(...counts)];
        const most = Math.max(1, ...tags.map(({ movies }) => movies));
        return {
          tooltip: {
            trigger: 'item',
            formatter: ({ dataIndex, seriesType }: { dataIndex: number; seriesType: string }) => {
              const tag = tags[dataIndex];
              if (!tag || seriesType !== 'scatter') return '';
              return tagText(tag);
            },
          },
          grid: { left: 0, right: 16, top: 28, bottom: 26 },
          xAxis: {
            type: 'log',
            name: 'Ratings on the tag’s movies',
            nameLocation: 'middle',
            nameGap: 30,
            min: ({ min }: { min: number }) => roundDown(min),
            max: ({ max }: { max: number }) => roundUp(max),
            splitLine: { show: false },
            axisLabel: { formatter: (value: number) => formatNumber(value, 'compact') },
          },
          yAxis: {
            type: 'value',
            scale: true,
            // no finer than its labels
            minInterval: 0.1,
            name: 'Average rating',
            nameLocation: 'end',
            nameTextStyle: { align: 'left', color: muted },
            axisLabel: { formatter: (value: number) => value.toFixed(1) },
          },
          series: [
            {
              type: 'scatter',
              // a size as an option of each dot would have ECharts look at the options of all of them
              data: tags.map(({ ratings, average, movies }) => [ratings, average, movies]),
              encode: { x: 0, y: 1 },
              symbolSize: ([, , movies]: readonly [number, number, number]) =>
                6 + 16 * Math.sqrt(movies / most),
              itemStyle: { color: series[0], opacity: 0.65, borderColor: surface, borderWidth: 1 },
              emphasis: { itemStyle: { opacity: 1 } },
            },
            {
              type: 'line',
              data: trend && ends ? ends.map((x) => [x, trend.intercept + trend.slope * Math.log10(x)]) : [],
              silent: true,
              lineStyle: { color: series[2], width: 2, type: 'dashed' },
            },
          ],
        };
      }}
      table={() => ({
        columns: [
          { label: 'Tag', format: 'text' },
          { label: 'Ratings', format: 'integer' },
          { label: 'Average rating', format: 'decimal' },
          { label: 'Movies', format: 'integer' },
        ],
        rows: tags.map(({ tag, ratings, average, movies }) => [tag, ratings, average, movies]),
      })}
    />
  );
}

/** As long with a trend as without: a line more or less would have the charts laid out and painted twice. */
function trendText(trend: TagTrend | null): string {
  if (!trend)
    return 'A dot is a tag, larger with more movies. With two tags or more there is a trend as well.';
  const sign = trend.slope < 0 ? '−' : '+';
  return `A dot is a tag, larger with more movies. Ten times the ratings come with ${sign}${Math.abs(trend.slope).toFixed(2)} stars.`;
}

/** The next of 1, 2, 5, 10, 20 and so on: ends of an axis that do not stand close to another label. */
const roundDown = (value: number) => Math.max(...steps(value).filter((step) => step <= value));
const roundUp = (value: number) => Math.min(...steps(value).filter((step) => step >= value));

function steps(value: number): readonly number[] {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, value)));
  return [1, 2, 5, 10].map((factor) => factor * power);
}
