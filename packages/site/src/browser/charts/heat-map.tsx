import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { ChartCard, type ChartCardProps } from './chart-card.js';
import { HeatMapCanvas } from './heat-map-canvas.js';
import type { HeatMapData } from './heat-map-data.js';
import { Scroller } from './scroller.js';

export interface HeatMapProps extends ChartCardProps {
  /** Another one whenever `inputs` change. */
  readonly data: HeatMapData;
  /** What is told of a cell that one points at. */
  readonly tip: (row: number, column: number) => ComponentChildren;
  /** For a map of many rows: so many are in sight, each so many pixels high; one scrolls to the others. */
  readonly scroll?: { readonly inSight: number; readonly rowHeight: number };
}

/**
 * A heat map on a card, with a table; saved as PNG and CSV with all of its rows. It is painted without ECharts, which makes two
 * objects for each cell, lays them out and throws them away with every filter.
 */
export function HeatMap(props: HeatMapProps) {
  const { title, height = 300, data, tip, scroll } = props;
  const [scrolledTo, setScrolledTo] = useState(0);
  const count = Math.min(data.rows.length, scroll?.inSight ?? data.rows.length);
  const hidden = data.rows.length - count;
  const first = Math.min(scrolledTo, hidden);
  return (
    <ChartCard {...props}>
      {(label, drawing) => {
        const canvas = (
          <HeatMapCanvas
            label={label}
            height={height}
            data={data}
            first={first}
            count={count}
            tip={tip}
            drawing={drawing}
          />
        );
        if (!scroll) return canvas;
        return (
          <Scroller
            label={title}
            rows={{ count: data.rows.length, inSight: count, height: scroll.rowHeight }}
            height={height}
            onFirst={setScrolledTo}
          >
            {canvas}
          </Scroller>
        );
      }}
    </ChartCard>
  );
}
