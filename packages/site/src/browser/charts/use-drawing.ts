import type { RefObject } from 'preact';
import { useCallback, useLayoutEffect, useRef } from 'preact/hooks';

/**
 * Draws what can be seen, and nothing else: at once where its place is in sight, else when one scrolls to it. All is drawn
 * before the page is printed.
 *
 * @param draw given true where it must be there when the call returns, false where the next frame will do
 * @param inputs what is drawn is out of date when these change, as with a hook
 * @returns draws at once what is out of date, to be called before it is read
 */
export function useDrawing(
  place: RefObject<Element>,
  draw: (isNow: boolean) => void,
  inputs: readonly unknown[],
): () => void {
  const current = useRef(draw);
  current.current = draw;
  const isInSight = useRef(false);
  const isStale = useRef(true);
  const update = useCallback((isNow: boolean) => {
    if (!isStale.current) return;
    isStale.current = false;
    current.current(isNow);
  }, []);
  const drawNow = useCallback(() => update(true), []);
  useLayoutEffect(() => {
    const element = place.current;
    if (!element) return;
    isInSight.current = isNear(element);
    const observer = new IntersectionObserver(
      (entries) => {
        isInSight.current = entries.at(-1)?.isIntersecting ?? false;
        if (isInSight.current) update(false);
      },
      { rootMargin: `${NEAR}px` },
    );
    observer.observe(element);
    addEventListener('beforeprint', drawNow);
    return () => {
      observer.disconnect();
      removeEventListener('beforeprint', drawNow);
    };
  }, []);
  useLayoutEffect(() => {
    isStale.current = true;
    if (isInSight.current) update(false);
  }, inputs);
  return drawNow;
}

/** In pixels: what is so near counts as in sight, so that nobody scrolls to what is out of date. */
const NEAR = 200;

function isNear(element: Element): boolean {
  const { top, bottom } = element.getBoundingClientRect();
  return bottom >= -NEAR && top <= innerHeight + NEAR;
}
