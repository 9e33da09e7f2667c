import { Chart, formatMonth, formatNumber, Switch } from '@matinee/site/browser';
import type { Cohort, CohortUnit } from '../../numbers/cohort-retention.js';
import { ink } from '../parts/ink.js';
import { labelsByWidth } from '../parts/labels-by-width.js';

/** So many months after the first are shown. */
export const HORIZON = 12;

const AFTER = Array.from({ length: HORIZON }, (_, index) => index + 1);

const UNITS: readonly { readonly value: CohortUnit; readonly label: string }[] = [
  { value: 'month', label: 'Months' },
  { value: 'year', label: 'Years' },
];

/** So many cohorts are in sight at once, each so high; one scrolls to the others. */
const IN_SIGHT = 20;
const ROW = 26;
/** A few cohorts are drawn higher, but not out over all of the card. */
const HIGHEST_ROW = 2 * ROW;

interface RetentionChartProps {
  readonly data: readonly Cohort[];
  readonly unit: CohortUnit;
  readonly onUnit: (unit: CohortUnit) => void;
}

/** Which share of the users that rated first in a month rated again so many months later: a heat map. */
export function RetentionChart({ data, unit, onUnit }: RetentionChartProps) {
  const name = (month: number) => (unit === 'year' ? `${Math.floor(month / 12)}` : formatMonth(month));
  return (
    <Chart
      title={`Cohort retention by ${unit} of first rating`}
      description="The share of users who rated again so many months after their first."
      span={7}
      height={Math.min(Math.max(data.length, 2) * HIGHEST_ROW, IN_SIGHT * ROW) + 40}
      inputs={[data, unit]}
      rows={{ count: data.length, inSight: IN_SIGHT, height: ROW }}
      actions={<Switch label="Cohorts" value={unit} options={UNITS} onChange={onUnit} />}
      option={(theme, first) => {
        // an axis begins at its lower end
        const shown = data.slice(first, first + IN_SIGHT).reverse();
        const most = Math.max(
          0.01,
          ...data.flatMap(({ shares }) => shares.slice(1).map((share) => share ?? 0)),
        );
        return {
          tooltip: {
            formatter: ({ value }: { value: readonly [number, number, number] }) => {
              const cohort = shown[value[1]];
              if (!cohort) return '';
              return `First rating in ${name(cohort.month)}: ${formatNumber(cohort.users)} users<br><b>${formatNumber(value[2], 'percent')}</b> rated ${value[0] + 1} ${value[0] === 0 ? 'month' : 'months'} later`;
            },
          },
          grid: { left: 0, right: 0, top: 0, bottom: 26 },
          xAxis: {
            type: 'category',
            data: AFTER.map(String),
            name: 'Months since the first rating',
            nameLocation: 'middle',
            nameGap: 28,
            axisLabel: { interval: 0 },
          },
          yAxis: { type: 'category', data: shown.map(({ month }) => name(month)) },
          series: [
            {
              type: 'heatmap',
              data: shown.flatMap(({ shares }, row) =>
                AFTER.flatMap((after, place) => {
                  const share = shares[after];
                  if (share === null || share === undefined) return [];
                  const { color, text } = ink(theme, share / most);
                  return { value: [place, row, share], itemStyle: { color }, label: { color: text } };
                }),
              ),
              label: {
                show: true,
                fontSize: 10,
                formatter: ({ value }: { value: readonly number[] }) =>
                  `${Math.round((value[2] ?? 0) * 100)}%`,
              },
              itemStyle: { borderColor: theme.surface, borderWidth: 2, borderRadius: 4 },
              emphasis: { itemStyle: { borderColor: theme.accent, borderWidth: 2 } },
            },
          ],
          media: labelsByWidth,
        };
      }}
      table={() => ({
        columns: [
          { label: unit === 'year' ? 'Year of first rating' : 'Month of first rating', format: 'text' },
          { label: 'Users', format: 'integer' },
          ...AFTER.map((after) => ({ label: `+${after}`, format: 'percent' as const })),
        ],
        rows: data.map(({ month, users, shares }) => [
          name(month),
          users,
          ...AFTER.map((after) => shares[after] ?? null),
        ]),
      })}
    />
  );
}
