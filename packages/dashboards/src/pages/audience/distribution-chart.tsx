import { Chart, formatNumber, useMeasure } from '@matinee/site/browser';
import { engagementLevels } from '../../numbers/engagement-levels.js';
import { starSteps } from '../../numbers/rating-distribution.js';
import { RATINGS } from '../parts/models.js';
import { orderedColors } from '../parts/ordered-colors.js';
import { levelLabel } from '../parts/words.js';

const LEVELS = engagementLevels.map(levelLabel);

/** How many ratings of so many stars, stacked by engagement level. */
export function DistributionChart({ data }: { readonly data: readonly Float64Array[] }) {
  const ratings = useMeasure(RATINGS, 'ratings');
  return (
    <Chart
      title="Rating distribution by engagement level"
      description="Each rating counted once, by its stars."
      span={5}
      inputs={[data]}
      option={(theme) => {
        const colors = orderedColors(theme, LEVELS.length);
        return {
          tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' } },
          legend: { bottom: 0, itemGap: 14 },
          grid: { left: 0, right: 0, top: 10, bottom: 34 },
          xAxis: { type: 'category', data: starSteps.map((stars) => `${stars}`), axisLabel: { interval: 0 } },
          yAxis: {
            type: 'value',
            splitNumber: 4,
            minInterval: 1,
            axisLabel: { formatter: (value: number) => formatNumber(value, 'compact') },
          },
          series: data.map((level, place) => ({
            type: 'bar',
            name: LEVELS[place],
            stack: 'ratings',
            barCategoryGap: '24%',
            data: Array.from(level),
            itemStyle: { color: colors[place], borderRadius: 0 },
            tooltip: { valueFormatter: (value: number) => formatNumber(value) },
          })),
        };
      }}
      table={() => ({
        columns: [
          { label: 'Stars', format: 'text' },
          ...LEVELS.map((label) => ({ label, format: ratings.format })),
          { label: 'All levels', format: ratings.format },
        ],
        rows: starSteps.map((stars, step) => {
          const counts = data.map((level) => level[step] ?? 0);
          return [`${stars}`, ...counts, counts.reduce((sum, count) => sum + count, 0)];
        }),
      })}
    />
  );
}
