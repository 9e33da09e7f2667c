import type { ComponentChildren } from 'preact';

/** Rows of a chart that are in sight a few at a time. */
export interface ChartRows {
  readonly count: number;
  readonly inSight: number;
  /** In pixels: so far one scrolls for the next row. */
  readonly height: number;
}

interface ScrollerProps {
  readonly label: string;
  readonly rows: ChartRows;
  /** Of the chart, in pixels. */
  readonly height: number;
  readonly onFirst: (row: number) => void;
  readonly children: ComponentChildren;
}

/** A place as high as all rows, in which the chart stays and draws those that one has scrolled to. Keys scroll it too. */
export function Scroller({ label, rows, height, onFirst, children }: ScrollerProps) {
  const hidden = rows.count - rows.inSight;
  return (
    <section
      class="chart-scroller"
      style={{ height: `${height}px` }}
      {...(hidden > 0 && { tabIndex: 0 })}
      aria-label={`${label}: ${rows.count} rows, ${rows.inSight} in sight`}
      onScroll={({ currentTarget }) => onFirst(Math.round(currentTarget.scrollTop / rows.height))}
    >
      <div style={{ height: `${height + hidden * rows.height}px` }}>
        <div class="chart-in-sight">{children}</div>
      </div>
    </section>
  );
}
