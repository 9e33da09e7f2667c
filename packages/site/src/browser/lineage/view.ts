/** How a drawing lies in its window: moved by `x` and `y` pixels after it was scaled. */
export interface View {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

const MARGIN = 24;
const SMALLEST = 0.04;
const LARGEST = 2.5;

/** The view that shows all of a drawing in the middle of its window, no larger than it is. */
export function fitView(drawing: Size, window: Size): View {
  const scale = Math.min(
    1,
    (window.width - 2 * MARGIN) / Math.max(1, drawing.width),
    (window.height - 2 * MARGIN) / Math.max(1, drawing.height),
  );
  const bounded = bound(scale);
  return {
    x: (window.width - drawing.width * bounded) / 2,
    y: (window.height - drawing.height * bounded) / 2,
    scale: bounded,
  };
}

/** Zooms so that a point of the window stays where it is. */
export function zoomAt(
  { x, y, scale }: View,
  factor: number,
  at: { readonly x: number; readonly y: number },
): View {
  const next = bound(scale * factor);
  const ratio = next / scale;
  return { x: at.x - (at.x - x) * ratio, y: at.y - (at.y - y) * ratio, scale: next };
}

const bound = (scale: number) => Math.min(LARGEST, Math.max(SMALLEST, scale));
