import { useId } from 'preact/hooks';
import { dayFromText, dayToText } from '../format/dates.js';
import type { DayRange } from '../routing/filter.js';

interface DateRangeProps {
  readonly label: string;
  readonly value: DayRange;
  /** The first and last day there is, since 1970. */
  readonly first: number;
  readonly last: number;
  readonly onChange: (value: DayRange) => void;
}

/** Two days, both included: the browser's own fields, which keyboards and phones know. */
export function DateRange({ label, value, first, last, onChange }: DateRangeProps) {
  const id = useId();
  const [from, to] = [value.from ?? first, value.to ?? last];
  /** The whole range is no filter: a later build may have later days. */
  const change = (next: { from: number; to: number }) =>
    onChange({
      from: next.from === first ? undefined : next.from,
      to: next.to === last ? undefined : next.to,
    });
  const field = (name: string, day: number, set: (day: number) => void) => (
    <input
      type="date"
      id={`${id}-${name}`}
      aria-label={`${label}, ${name}`}
      value={dayToText(day)}
      min={dayToText(first)}
      max={dayToText(last)}
      onChange={({ currentTarget }) => {
        const chosen = dayFromText(currentTarget.value);
        if (chosen !== undefined) set(Math.min(Math.max(chosen, first), last));
      }}
    />
  );
  return (
    <fieldset class="control date-range">
      <legend>{label}</legend>
      <div>
        {field('from', from, (day) => change({ from: day, to: Math.max(day, to) }))}
        <span aria-hidden="true">–</span>
        {field('to', to, (day) => change({ from: Math.min(from, day), to: day }))}
        {(value.from !== undefined || value.to !== undefined) && (
          <button type="button" class="button" onClick={() => onChange({ from: undefined, to: undefined })}>
            All time
          </button>
        )}
      </div>
    </fieldset>
  );
}
