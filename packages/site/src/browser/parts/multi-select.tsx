import { memo } from 'preact/compat';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { Icon } from './icon.js';
import type { Option } from './select.js';

interface MultiSelectProps {
  readonly label: string;
  /** None chosen means all. */
  readonly value: readonly string[];
  readonly options: readonly Option[];
  readonly onChange: (value: readonly string[]) => void;
}

/** From so many options on they are searched. */
const SEARCHED = 8;

/** Some of a list: check boxes behind a button, with a field to search in long lists. Escape closes it. */
export function MultiSelect({ label, value, options, onChange }: MultiSelectProps) {
  const [isOpen, setOpen] = useState(false);
  const [words, setWords] = useState('');
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  const close = () => {
    setOpen(false);
    setWords('');
  };
  useEffect(() => {
    if (!isOpen) return;
    root.current?.querySelector<HTMLInputElement>('input')?.focus();
    const onOutside = ({ target }: Event) => {
      if (target instanceof Node && !root.current?.contains(target)) close();
    };
    addEventListener('pointerdown', onOutside);
    addEventListener('focusin', onOutside);
    return () => {
      removeEventListener('pointerdown', onOutside);
      removeEventListener('focusin', onOutside);
    };
  }, [isOpen]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !isOpen) return;
    event.stopPropagation();
    close();
    button.current?.focus();
  };
  const found = options.filter((option) => option.label.toLowerCase().includes(words.trim().toLowerCase()));
  const chosen = new Set(value);
  const toggle = (option: string) =>
    onChange(chosen.has(option) ? value.filter((other) => other !== option) : [...value, option]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape of what stands in it comes by here
    <div class="control multi-select" ref={root} onKeyDown={onKeyDown}>
      <span id={`${id}-label`} class="control-label">
        {label}
      </span>
      <button
        ref={button}
        id={`${id}-button`}
        type="button"
        class="select-button"
        aria-labelledby={`${id}-label ${id}-button`}
        aria-expanded={isOpen}
        aria-controls={`${id}-list`}
        onClick={() => (isOpen ? close() : setOpen(true))}
      >
        <span class="ellipsis">{chosenText(value, options)}</span>
        <Icon name="chevron" size={16} />
      </button>
      {isOpen && (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be placed over what follows
        <div id={`${id}-list`} class="popover" role="group" aria-labelledby={`${id}-label`}>
          {options.length > SEARCHED && (
            <input
              type="search"
              aria-label={`Search ${label}`}
              placeholder="Search…"
              value={words}
              onInput={({ currentTarget }) => setWords(currentTarget.value)}
            />
          )}
          <div
            class="options"
            onChange={({ target }) => target instanceof HTMLInputElement && toggle(target.value)}
          >
            {found.map((option) => (
              <Choice key={option.value} {...option} isChosen={chosen.has(option.value)} />
            ))}
            {found.length === 0 && <p class="empty">Nothing found.</p>}
          </div>
          <button type="button" class="button" disabled={value.length === 0} onClick={() => onChange([])}>
            All
          </button>
        </div>
      )}
    </div>
  );
}

interface ChoiceProps extends Option {
  readonly isChosen: boolean;
}

/** Of hundreds, those that stay as they are cost nothing. */
const Choice = memo(({ value, label, isChosen }: ChoiceProps) => (
  <label>
    <input type="checkbox" value={value} checked={isChosen} />
    {label}
  </label>
));

function chosenText(value: readonly string[], options: readonly Option[]): string {
  if (value.length === 0) return 'All';
  const [first = ''] = value;
  if (value.length > 1) return `${value.length} chosen`;
  return options.find((option) => option.value === first)?.label ?? first;
}
