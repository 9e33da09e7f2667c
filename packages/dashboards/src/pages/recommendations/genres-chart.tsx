import { Chart, formatNumber } from '@matinee/site/browser';
import type { CategoryGenre } from '../../numbers/category-genres.js';
import { categoryLabel } from '../parts/words.js';
import { categoryColor } from './category-color.js';

interface GenresChartProps {
  readonly data: readonly CategoryGenre[];
  readonly categories: readonly string[];
}

/** So many genres fit into the chart; its table has all. */
const SHOWN = 10;

/** Movies of each genre, stacked by category. */
export function GenresChart({ data, categories }: GenresChartProps) {
  const present = categories.filter((category) => data.some(({ byCategory }) => byCategory.has(category)));
  const count = ({ byCategory }: CategoryGenre, category: string) => byCategory.get(category) ?? 0;
  return (
    <Chart
      title="Genres by category"
      description={
        data.length > SHOWN ? `The ${SHOWN} most frequent; a movie has several.` : 'A movie has several.'
      }
      span={4}
      inputs={[data, categories]}
      option={(theme) => ({
        tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' } },
        grid: { left: 0, right: 12, top: 0, bottom: 4 },
        xAxis: {
          type: 'value',
          splitNumber: 3,
          minInterval: 1,
          axisLabel: { formatter: (value: number) => formatNumber(value, 'compact') },
        },
        yAxis: {
          type: 'category',
          inverse: true,
          data: data.slice(0, SHOWN).map(({ genre }) => genre),
          axisLabel: { interval: 0, color: theme.text, width: 78, overflow: 'truncate' },
        },
        series: present.map((category) => ({
          type: 'bar',
          name: categoryLabel(category),
          stack: 'movies',
          barWidth: 14,
          data: data.slice(0, SHOWN).map((genre) => count(genre, category)),
          itemStyle: { color: categoryColor(theme, categories, category), borderRadius: 0 },
          tooltip: { valueFormatter: (value: number) => formatNumber(value) },
        })),
      })}
      table={() => ({
        columns: [
          { label: 'Genre', format: 'text' },
          { label: 'All categories', format: 'integer' },
          ...present.map((category) => ({ label: categoryLabel(category), format: 'integer' as const })),
        ],
        rows: data.map((genre) => [
          genre.genre,
          genre.movies,
          ...present.map((category) => count(genre, category)),
        ]),
      })}
    />
  );
}
