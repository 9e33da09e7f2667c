import { Chart, formatNumber, useMeasure } from '@matinee/site/browser';
import { RECOMMENDED } from '../parts/models.js';
import { categoryLabel } from '../parts/words.js';
import type { CategoryChartProps } from './categories-chart.js';
import { categoryColor } from './category-color.js';

/** The mean rating of each category's movies. */
export function AverageChart({ data, categories }: CategoryChartProps) {
  const average = useMeasure(RECOMMENDED, 'recommended_average_rating');
  const ofMovies = useMeasure(RECOMMENDED, 'average_of_movies');
  return (
    <Chart
      title="Average rating by category"
      description="Each movie weighted by its ratings."
      span={4}
      inputs={[data, categories]}
      option={(theme) => ({
        tooltip: { trigger: 'item', valueFormatter: (value: number) => formatNumber(value, 'decimal') },
        grid: { left: 0, right: 0, top: 20, bottom: 4 },
        xAxis: {
          type: 'category',
          data: data.map(({ category }) => categoryLabel(category)),
          axisLabel: { interval: 0 },
        },
        yAxis: { type: 'value', min: 0, max: 5, interval: 1 },
        series: [
          {
            type: 'bar',
            name: average.label,
            barMaxWidth: 56,
            data: data.map(({ category, average: value }) => ({
              value,
              itemStyle: { color: categoryColor(theme, categories, category), borderRadius: [6, 6, 0, 0] },
            })),
            label: {
              show: true,
              position: 'top',
              color: theme.text,
              fontWeight: 600,
              formatter: ({ value }: { value: number }) => formatNumber(value, 'decimal'),
            },
          },
        ],
      })}
      table={() => ({
        columns: [
          { label: 'Category', format: 'text' },
          { label: average.label, format: average.format },
          { label: ofMovies.label, format: ofMovies.format },
        ],
        rows: data.map(({ category, average: mean, averageOfMovies }) => [
          categoryLabel(category),
          mean,
          averageOfMovies,
        ]),
      })}
    />
  );
}
