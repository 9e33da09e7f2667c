import { Chart, formatNumber, formatTime } from '@matinee/site/browser';
import type { RecommendationChange } from '../../numbers/recommendation-history.js';
import { categoryLabel } from '../parts/words.js';
import { categoryColor } from './category-color.js';

interface HistoryChartProps {
  /** The newest first. */
  readonly changes: readonly RecommendationChange[];
  readonly categories: readonly string[];
}

const timeText = (at: number) => formatTime(new Date(at).toISOString());

/** Movies of each category after every build that changed any. */
export function HistoryChart({ changes, categories }: HistoryChartProps) {
  const times = [...new Set(changes.map(({ at }) => at))].sort((a, b) => a - b);
  const present = categories.filter((category) => changes.some((change) => change.category === category));
  return (
    <Chart
      title="Recommended movies from build to build"
      description={
        times.length === 1
          ? `So far there is one build that recommended anything, of ${timeText(times[0] ?? 0)}. The next that changes something adds to it.`
          : 'Movies of each category after every build that changed any. The table tells what came and what went.'
      }
      span={12}
      inputs={[changes, categories]}
      option={(theme) => ({
        tooltip: { trigger: 'axis' },
        legend: { bottom: 0, itemGap: 14 },
        grid: { left: 0, right: 16, top: 12, bottom: 36 },
        xAxis: { type: 'category', data: times.map(timeText) },
        yAxis: {
          type: 'value',
          splitNumber: 4,
          minInterval: 1,
          axisLabel: { formatter: (value: number) => formatNumber(value, 'compact') },
        },
        series: present.map((category) => ({
          type: 'line',
          name: categoryLabel(category),
          data: moviesAt(times, changes, category),
          step: 'end',
          showSymbol: true,
          symbol: 'circle',
          symbolSize: 8,
          itemStyle: { color: categoryColor(theme, categories, category) },
          tooltip: { valueFormatter: (value: number) => formatNumber(value) },
        })),
      })}
      table={() => ({
        columns: [
          { label: 'Build', format: 'text' },
          { label: 'Category', format: 'text' },
          { label: 'Came', format: 'integer' },
          { label: 'Went', format: 'integer' },
          { label: 'Movies', format: 'integer' },
        ],
        rows: changes.map(({ at, category, added, removed, movies }) => [
          timeText(at),
          categoryLabel(category),
          added,
          removed,
          movies,
        ]),
      })}
    />
  );
}

/** What a category had at each time; what did not change it then leaves it as it was. */
function moviesAt(
  times: readonly number[],
  changes: readonly RecommendationChange[],
  category: string,
): readonly (number | null)[] {
  const known = new Map(
    changes.filter((change) => change.category === category).map(({ at, movies }) => [at, movies]),
  );
  let current: number | null = null;
  return times.map((time) => {
    current = known.get(time) ?? current;
    return current;
  });
}
