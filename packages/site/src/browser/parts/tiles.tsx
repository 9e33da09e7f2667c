import type { ComponentChildren } from 'preact';
import { formatNumber, type NumberFormat } from '../format/numbers.js';

/** Headline numbers in a row. */
export function Tiles({ children }: { readonly children: ComponentChildren }) {
  return <dl class="tiles">{children}</dl>;
}

interface TileProps {
  readonly label: string;
  readonly value: number | string | null | undefined;
  readonly format?: NumberFormat;
  /** Under the number. */
  readonly hint?: ComponentChildren;
}

export function Tile({ label, value, format = 'integer', hint }: TileProps) {
  return (
    <div class="tile">
      <dt>{label}</dt>
      <dd>
        <strong>{typeof value === 'string' ? value : formatNumber(value, format)}</strong>
        {hint && <small>{hint}</small>}
      </dd>
    </div>
  );
}
