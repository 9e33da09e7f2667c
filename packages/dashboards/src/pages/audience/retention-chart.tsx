import { counted, formatMonth, formatNumber, HeatMap, Switch } from '@matinee/site/browser';
import { useMemo } from 'preact/hooks';
import type { Cohort, CohortUnit } from '../../numbers/cohort-retention.js';

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
  const map = useMemo(
    () => ({
      columns: AFTER.map(String),
      columnsName: 'Months since the first rating',
      rows: data.map(({ month, shares }) => ({
        label: name(month),
        values: AFTER.map((after) => shares[after] ?? null),
      })),
      format: (share: number) => `${Math.round(share * 100)}%`,
    }),
    [data, unit],
  );
  return (
    <HeatMap
      title={`Cohort retention by ${unit} of first rating`}
      description="The share of users who rated again so many months after their first."
      span={7}
      height={Math.min(Math.max(data.length, 2) * HIGHEST_ROW, IN_SIGHT * ROW) + 40}
      inputs={[data, unit]}
      data={map}
      scroll={{ inSight: IN_SIGHT, rowHeight: ROW }}
      actions={<Switch label="Cohorts" value={unit} options={UNITS} onChange={onUnit} />}
      tip={(row, column) => (
        <>
          First rating in {map.rows[row]?.label}: {counted(data[row]?.users, 'user')}
          <br />
          <b>{formatNumber(map.rows[row]?.values[column], 'percent')}</b> rated {counted(column + 1, 'month')}{' '}
          later
        </>
      )}
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
