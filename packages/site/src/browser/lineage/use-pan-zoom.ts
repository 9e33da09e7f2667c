import { useCallback, useEffect, useRef } from 'preact/hooks';
import { fitView, type View, zoomAt } from './view.js';

interface Drawing {
  readonly width: number;
  readonly height: number;
}

/** Below this scale no name can be read, and none is drawn: it makes the most of the work. */
const READABLE = 0.25;
/** How far the pointer may move in a click, in pixels. */
const CLICK = 4;

/**
 * Lets a drawing be dragged, and zoomed by wheel, pinch and keys. The view is written to the group directly: nothing is drawn
 * anew, however large it is.
 */
export function usePanZoom({ width, height }: Drawing) {
  const svg = useRef<SVGSVGElement>(null);
  const group = useRef<SVGGElement>(null);
  const view = useRef<View>({ x: 0, y: 0, scale: 1 });
  const pointers = useRef(new Map<number, { x: number; y: number }>());
  const moved = useRef(0);

  const show = useCallback((next: View) => {
    view.current = next;
    group.current?.setAttribute('transform', `translate(${next.x} ${next.y}) scale(${next.scale})`);
    svg.current?.toggleAttribute('data-far', next.scale < READABLE);
  }, []);
  const fit = useCallback(() => {
    const box = svg.current?.getBoundingClientRect();
    if (box && box.width > 0) show(fitView({ width, height }, box));
  }, [width, height, show]);
  const zoom = useCallback(
    (factor: number, at?: { readonly x: number; readonly y: number }) => {
      const box = svg.current?.getBoundingClientRect();
      if (!box) return;
      show(zoomAt(view.current, factor, at ?? { x: box.width / 2, y: box.height / 2 }));
    },
    [show],
  );

  useEffect(fit, [fit]);
  useEffect(() => {
    const element = svg.current;
    if (!element) return;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const box = element.getBoundingClientRect();
      const factor = Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0015));
      zoom(factor, { x: event.clientX - box.left, y: event.clientY - box.top });
    };
    // A listener that keeps the page from scrolling has to say so.
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [zoom]);

  const onPointerDown = (event: PointerEvent) => {
    if (event.button !== 0) return;
    moved.current = 0;
    pointers.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
  };
  const onPointerMove = (event: PointerEvent) => {
    const before = pointers.current.get(event.pointerId);
    if (!before) return;
    const here = { x: event.clientX, y: event.clientY };
    moved.current += Math.abs(here.x - before.x) + Math.abs(here.y - before.y);
    const other = [...pointers.current].find(([id]) => id !== event.pointerId)?.[1];
    pointers.current.set(event.pointerId, here);
    if (moved.current > CLICK) svg.current?.setPointerCapture(event.pointerId);
    if (!other) {
      const { x, y, scale } = view.current;
      show({ x: x + here.x - before.x, y: y + here.y - before.y, scale });
      return;
    }
    const box = svg.current?.getBoundingClientRect();
    const distance = (point: typeof here) => Math.hypot(point.x - other.x, point.y - other.y);
    const middle = {
      x: (here.x + other.x) / 2 - (box?.left ?? 0),
      y: (here.y + other.y) / 2 - (box?.top ?? 0),
    };
    zoom(distance(here) / Math.max(1, distance(before)), middle);
  };
  const onPointerUp = (event: PointerEvent) => {
    pointers.current.delete(event.pointerId);
  };
  return {
    svg,
    group,
    fit,
    zoom,
    /** Whether what just ended was a drag and no click. */
    wasDragged: () => moved.current > CLICK,
    handlers: { onPointerDown, onPointerMove, onPointerUp, onPointerCancel: onPointerUp },
  };
}
