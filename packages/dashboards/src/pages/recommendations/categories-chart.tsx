import { Chart, counted, escapeHtml, formatNumber, useMeasure } from '@matinee/site/browser';
import type { CategoryTotals } from '../../numbers/category-totals.js';
import { RECOMMENDED } from '../parts/models.js';
import { categoryLabel } from '../parts/words.js';
import { categoryColor } from './category-color.js';

export interface CategoryChartProps {
  readonly data: readonly (CategoryTotals & { readonly category: string })[];
  /** All there are, for their colours. */
  readonly categories: readonly string[];
}

/** Movies by category: a donut. */
export function CategoriesChart({ data, categories }: CategoryChartProps) {
  const movies = useMeasure(RECOMMENDED, 'recommended_movies');
  const total = data.reduce((sum, category) => sum + category.movies, 0);
  return (
    <Chart
      title="Movies by category"
      description="A movie stands under one category."
      span={4}
      inputs={[data, categories]}
      option={(theme) => ({
        tooltip: {
          formatter: ({ name, value, percent }: { name: string; value: number; percent: number }) =>
            `${escapeHtml(name)}<br><b>${counted(value, 'movie')}</b>, ${percent} %`,
        },
        legend: {
          bottom: 0,
          itemGap: 14,
          formatter: (name: string) => {
            const found = data.find(({ category }) => categoryLabel(category) === name);
            return `${name} ${formatNumber(found?.movies)}`;
          },
        },
        series: [
          {
            type: 'pie',
            radius: ['54%', '80%'],
            center: ['50%', '43%'],
            // what all share stands in the middle, as the label of the first
            data: data.map(({ category, movies: value }, place) => ({
              name: categoryLabel(category),
              value,
              itemStyle: { color: categoryColor(theme, categories, category), borderRadius: 6 },
              label: { show: place === 0 },
            })),
            label: {
              position: 'center',
              formatter: () => `{total|${formatNumber(total)}}\n{word|${total === 1 ? 'movie' : 'movies'}}`,
              rich: {
                total: { fontSize: 24, fontWeight: 700, color: theme.text, lineHeight: 30 },
                word: { fontSize: 12, color: theme.muted },
              },
            },
            labelLine: { show: false },
            emphasis: { scaleSize: 4 },
          },
        ],
      })}
      table={() => ({
        columns: [
          { label: 'Category', format: 'text' },
          { label: movies.label, format: movies.format },
          { label: 'Share', format: 'percent' },
        ],
        rows: data.map(({ category, movies: count }) => [categoryLabel(category), count, count / total]),
      })}
    />
  );
}
