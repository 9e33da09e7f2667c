import { Chart, formatNumber, href, navigate, useMeasure } from '@matinee/site/browser';
import type { GenreRatings } from '../../numbers/genre-ratings.js';
import { GENRES } from '../parts/models.js';

interface GenresChartProps {
  readonly data: readonly GenreRatings[];
  /** The filters that a link to a genre keeps. */
  readonly linked: Readonly<Record<string, string>>;
}

/** Genres by ratings, and beside them their average; a genre leads to its page. */
export function GenresChart({ data, linked }: GenresChartProps) {
  const ratings = useMeasure(GENRES, 'genre_ratings');
  const average = useMeasure(GENRES, 'genre_average_rating');
  return (
    <Chart
      title="Genres by ratings and average"
      description="A rating counts once for every genre of its movie. Choose a genre to look into it."
      span={5}
      height={Math.max(220, data.length * 26 + 40)}
      inputs={[data, linked]}
      onSelect={({ name }) => navigate(`genre/${name}`, linked)}
      option={({ series, text, muted }) => {
        const names = data.map(({ genre }) => genre);
        const averages = data.map(({ average: value }) => value ?? 0);
        const lowest = Math.floor(Math.min(...averages) * 5) / 5 - 0.1;
        const axis = { type: 'category', inverse: true, data: names };
        const head = { type: 'value', show: true, position: 'top', nameLocation: 'start', nameGap: 0 };
        const bare = { axisLabel: { show: false }, splitLine: { show: false } };
        const heading = {
          nameTextStyle: { align: 'left', verticalAlign: 'bottom', padding: [0, 0, 6, 0], color: muted },
        };
        return {
          tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' } },
          axisPointer: { link: [{ yAxisIndex: 'all' }] },
          grid: [
            { left: 118, right: '42%', top: 28, bottom: 4, outerBoundsMode: 'none' },
            { left: '68%', right: 40, top: 28, bottom: 4, outerBoundsMode: 'none' },
          ],
          xAxis: [
            { ...head, ...bare, ...heading, gridIndex: 0, name: 'Ratings' },
            { ...head, ...bare, ...heading, gridIndex: 1, name: 'Average', min: lowest },
          ],
          yAxis: [
            {
              ...axis,
              gridIndex: 0,
              axisLabel: { interval: 0, color: text, width: 110, overflow: 'truncate' },
            },
            { ...axis, gridIndex: 1, axisLabel: { show: false } },
          ],
          series: [
            {
              type: 'bar',
              name: ratings.label,
              data: data.map(({ genre, ratings: value }) => ({ name: genre, value })),
              barWidth: 12,
              cursor: 'pointer',
              itemStyle: { color: series[0] },
              label: {
                show: true,
                position: 'right',
                color: muted,
                formatter: ({ value }: { value: number }) => formatNumber(value, 'compact'),
              },
              tooltip: { valueFormatter: (value: number) => formatNumber(value) },
            },
            {
              type: 'scatter',
              name: average.label,
              xAxisIndex: 1,
              yAxisIndex: 1,
              symbolSize: 10,
              cursor: 'pointer',
              data: data.map(({ genre, average: value }) => ({ name: genre, value: [value, genre] })),
              itemStyle: { color: series[1] },
              label: {
                show: true,
                position: 'right',
                color: text,
                formatter: ({ value }: { value: readonly [number, string] }) =>
                  formatNumber(value[0], 'decimal'),
              },
              tooltip: {
                valueFormatter: (value: number | readonly [number, string]) =>
                  formatNumber(typeof value === 'number' ? value : value[0], 'decimal'),
              },
            },
          ],
        };
      }}
      table={() => ({
        columns: [
          { label: 'Genre', format: 'text' },
          { label: ratings.label, format: ratings.format },
          { label: average.label, format: average.format },
        ],
        rows: data.map(({ genre, ratings: count, average: mean }) => [genre, count, mean]),
        link: ([genre]) => href(`genre/${genre}`, linked),
      })}
    />
  );
}
