import type { ChartTheme } from './chart-theme.js';

/** A colour of the theme's ramp, and what can be read on it. @param share 0 to 1, from little to much */
export function ink(theme: ChartTheme, share: number): { readonly color: string; readonly text: string } {
  const { ramp, text, onAccent } = theme;
  const step = Math.max(0, Math.min(ramp.length - 1, Math.round(share * (ramp.length - 1))));
  const readable = theme.name === 'light' ? 3 : 4;
  return { color: ramp[step] ?? ramp[0] ?? text, text: step < readable ? text : onAccent };
}
