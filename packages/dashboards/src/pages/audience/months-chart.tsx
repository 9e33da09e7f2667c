import { counted, formatNumber, HeatMap, monthName, useMeasure } from '@matinee/site/browser';
import { useMemo } from 'preact/hooks';
import { engagementLevels } from '../../numbers/engagement-levels.js';
import { RATINGS } from '../parts/models.js';
import { levelLabel } from '../parts/words.js';

const MONTHS = Array.from({ length: 12 }, (_, month) => monthName(month));
const LEVELS = engagementLevels.map(levelLabel);

/** Distinct users of each engagement level in each month of the year: a heat map. */
export function MonthsChart({ data }: { readonly data: readonly Float64Array[] }) {
  const users = useMeasure(RATINGS, 'users');
  const map = useMemo(
    () => ({
      columns: MONTHS,
      rows: LEVELS.map((label, level) => ({ label, values: Array.from(data[level] ?? []) })).reverse(),
      format: (value: number) => formatNumber(value, 'compact'),
    }),
    [data],
  );
  return (
    <HeatMap
      title="Engagement level by month"
      description="Users who rated in that month of any year of the range, each counted once a month."
      span={7}
      inputs={[data]}
      data={map}
      tip={(row, month) => (
        <>
          {MONTHS[month]}, {map.rows[row]?.label}
          <br />
          <b>{counted(map.rows[row]?.values[month], 'user')}</b>
        </>
      )}
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
