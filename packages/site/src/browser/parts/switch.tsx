import { useId } from 'preact/hooks';
import type { Option } from './select.js';

interface SwitchProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly Option<T>[];
  readonly onChange: (value: T) => void;
}

/** One of a few, side by side; radio buttons to a keyboard. */
export function Switch<T extends string>({ label, value, options, onChange }: SwitchProps<T>) {
  const name = useId();
  return (
    <fieldset class="switch">
      <legend class="visually-hidden">{label}</legend>
      {options.map((option) => (
        <label key={option.value}>
          <input
            type="radio"
            name={name}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          <span>{option.label}</span>
        </label>
      ))}
    </fieldset>
  );
}
