import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { useTheme } from '../theme/use-theme.js';
import type { Drawing } from './chart-card.js';
import { chartTheme } from './chart-theme.js';
import type { HeatMapData } from './heat-map-data.js';
import { heatMapImage } from './heat-map-image.js';
import { cellAt, type HeatMapPlaces, placeCells, type Size } from './heat-map-places.js';
import { paintHeatMap } from './paint-heat-map.js';
import { useDrawing } from './use-drawing.js';

interface HeatMapCanvasProps {
  readonly label: string;
  /** In pixels; where its card is higher it fills the card. */
  readonly height: number;
  readonly data: HeatMapData;
  /** The first row that is drawn, and how many are. */
  readonly first: number;
  readonly count: number;
  readonly tip: (row: number, column: number) => ComponentChildren;
  readonly drawing: Drawing;
}

/** What is pointed at, and where in the window. */
interface Pointed {
  readonly row: number;
  readonly column: number;
  readonly x: number;
  readonly y: number;
}

/** The cells in sight, and what is told of the one that is pointed at. */
export function HeatMapCanvas({ label, height, data, first, count, tip, drawing }: HeatMapCanvasProps) {
  const [theme] = useTheme();
  const place = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const places = useRef<HeatMapPlaces>();
  const part = useMemo(() => ({ first, count }), [first, count]);
  const [pointed, setPointed] = useState<Pointed>();
  const draw = () => {
    const [element, context] = [canvas.current, canvas.current?.getContext('2d')];
    if (!element || !context || !place.current) return;
    const size = sizeOf(place.current);
    fit(element, context, size);
    context.clearRect(0, 0, size.width, size.height);
    places.current = placeCells(context, data, part, size);
    paintHeatMap(context, data, places.current, chartTheme(theme));
  };
  useDrawing(place, draw, [data, part, theme]);
  const redraw = useRef(draw);
  redraw.current = draw;
  useLayoutEffect(() => setPointed(undefined), [data, part]);
  useLayoutEffect(() => {
    const element = place.current;
    if (!element) return;
    let known = sizeOf(element);
    const observer = new ResizeObserver(() => {
      const size = sizeOf(element);
      if (size.width === known.width && size.height === known.height) return;
      known = size;
      redraw.current();
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  drawing.current = () =>
    place.current ? heatMapImage(data, sizeOf(place.current), count, chartTheme(theme)) : undefined;
  const point = ({ clientX, clientY }: PointerEvent) => {
    const [box, known] = [canvas.current?.getBoundingClientRect(), places.current];
    const cell = box && known && cellAt(known, clientX - box.left, clientY - box.top);
    const isThere = cell && data.rows[cell.row]?.values[cell.column] !== null;
    setPointed(isThere ? { ...cell, x: clientX, y: clientY } : undefined);
  };
  return (
    <div
      ref={place}
      class="chart-canvas heat-map"
      style={{ flexBasis: `${height}px` }}
      role="img"
      aria-label={label}
      onPointerDown={point}
      onPointerMove={point}
      onPointerLeave={() => setPointed(undefined)}
    >
      <canvas ref={canvas} />
      {pointed && places.current && (
        <>
          <i class="heat-map-mark" style={markStyle(places.current, pointed)} />
          <div
            class="chart-tip"
            data-side={pointed.x > innerWidth / 2 ? 'left' : 'right'}
            style={{ left: `${pointed.x}px`, top: `${pointed.y}px` }}
          >
            {tip(pointed.row, pointed.column)}
          </div>
        </>
      )}
    </div>
  );
}

const sizeOf = ({ clientWidth, clientHeight }: HTMLElement): Size => ({
  width: clientWidth,
  height: clientHeight,
});

/** Gives the canvas a size and as many pixels as the screen has there; setting either clears it and takes time. */
function fit(canvas: HTMLCanvasElement, context: CanvasRenderingContext2D, { width, height }: Size): void {
  const scale = devicePixelRatio;
  const [across, down] = [Math.round(width * scale), Math.round(height * scale)];
  if (canvas.width !== across) canvas.width = across;
  if (canvas.height !== down) canvas.height = down;
  context.setTransform(scale, 0, 0, scale, 0, 0);
}

function markStyle({ part, left, cell }: HeatMapPlaces, { row, column }: Pointed) {
  return {
    left: `${left + column * cell.width}px`,
    top: `${(row - part.first) * cell.height}px`,
    width: `${cell.width}px`,
    height: `${cell.height}px`,
  };
}
