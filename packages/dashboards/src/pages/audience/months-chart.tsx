import { Chart, formatNumber, monthName, useMeasure } from '@matinee/site/browser';
import { engagementLevels } from '../../numbers/engagement-levels.js';
import { ink } from '../parts/ink.js';
import { labelsByWidth } from '../parts/labels-by-width.js';
import { RATINGS } from '../parts/models.js';
import { levelLabel } from '../parts/words.js';

const MONTHS = Array.from({ length: 12 }, (_, month) => monthName(month));
const LEVELS = engagementLevels.map(levelLabel);

/** Distinct users of each engagement level in each month of the year: a heat map. */
export function MonthsChart({ data }: { readonly data: readonly Float64Array[] }) {
  const users = useMeasure(RATINGS, 'users');
  return (
    <Chart
      title="Engagement level by month"
      description="Users who rated in that month of any year of the range, each counted once a month."
      span={7}
      inputs={[data]}
      option={(theme) => {
        const most = Math.max(1, ...data.map((level) => Math.max(...level)));
        return {
          tooltip: {
            formatter: ({ value }: { value: readonly number[] }) =>
              `${MONTHS[value[0] ?? 0]}, ${LEVELS[value[1] ?? 0]}<br><b>${formatNumber(value[2])}</b> users`,
          },
          grid: { left: 0, right: 0, top: 0, bottom: 4 },
          xAxis: { type: 'category', data: MONTHS, axisLabel: { interval: 0, fontSize: 11 } },
          yAxis: { type: 'category', data: LEVELS },
          series: [
            {
              type: 'heatmap',
              data: data.flatMap((level, row) =>
                Array.from(level, (count, month) => {
                  const { color, text } = ink(theme, count / most);
                  return { value: [month, row, count], itemStyle: { color }, label: { color: text } };
                }),
              ),
              label: {
                show: true,
                fontSize: 11,
                formatter: ({ value }: { value: readonly number[] }) => formatNumber(value[2], 'compact'),
              },
              itemStyle: { borderColor: theme.surface, borderWidth: 3, borderRadius: 6 },
              emphasis: { itemStyle: { borderColor: theme.accent, borderWidth: 2 } },
            },
          ],
          media: labelsByWidth,
        };
      }}
      table={() => ({
        columns: [
          { label: 'Month', format: 'text' },
          ...LEVELS.map((label) => ({ label, format: users.format })),
        ],
        rows: MONTHS.map((month, place) => [month, ...data.map((level) => level[place] ?? 0)]),
      })}
    />
  );
}
