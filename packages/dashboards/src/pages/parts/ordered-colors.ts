import type { ChartTheme } from '@matinee/site/browser';

/** The colours of things in an order, such as levels: the stronger part of the ramp. */
export function orderedColors({ ramp }: ChartTheme, count: number): readonly string[] {
  return ramp.slice(Math.max(0, ramp.length - count));
}
