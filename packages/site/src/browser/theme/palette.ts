/** The colours of one theme. Pairs that stand on each other keep WCAG AA; a test computes it. */
export interface Palette {
  /** Behind everything. */
  readonly background: string;
  /** Cards, and what is written on. */
  readonly surface: string;
  /** What lies on a surface and is a little apart: table heads, code, hovered rows. */
  readonly raised: string;
  readonly border: string;
  readonly text: string;
  readonly muted: string;
  /** Links, chosen things, the first series. */
  readonly accent: string;
  /** Text on accent. */
  readonly onAccent: string;
  /** A faint ground of what is chosen. */
  readonly accentSoft: string;
  readonly good: string;
  readonly warning: string;
  readonly bad: string;
  /** The colours of series, in the order in which they are used. */
  readonly series: readonly string[];
  /** From little to much. */
  readonly ramp: readonly string[];
}

export type ThemeName = 'light' | 'dark';

export const palettes: Readonly<Record<ThemeName, Palette>> = {
  light: {
    background: '#f5f6fa',
    surface: '#ffffff',
    raised: '#f3f4f9',
    border: '#e1e4ed',
    text: '#161a26',
    muted: '#555e73',
    accent: '#4338ca',
    onAccent: '#ffffff',
    accentSoft: '#eceafd',
    good: '#0f7a4d',
    warning: '#955400',
    bad: '#c01f3f',
    series: ['#4f46e5', '#0d8f83', '#c2570c', '#d6246e', '#0779bd', '#8b3fd9', '#557a0d', '#667085'],
    ramp: ['#eef0fd', '#cdd0fa', '#a3a5f5', '#7672ec', '#4f46e5', '#3228a8'],
  },
  dark: {
    background: '#0c0f17',
    surface: '#141925',
    raised: '#1c2231',
    border: '#2a3244',
    text: '#e9ecf4',
    muted: '#a0aabf',
    accent: '#a9b1ff',
    onAccent: '#10131d',
    accentSoft: '#252a4d',
    good: '#4ade9c',
    warning: '#fbbf4a',
    bad: '#ff8ba0',
    series: ['#8b93ff', '#2dd4bf', '#fba94c', '#fb7eb0', '#4fb8f5', '#c58fff', '#a8cf45', '#97a3b8'],
    ramp: ['#1d2240', '#2f3572', '#464ba8', '#646bd8', '#8b93ff', '#c3c7ff'],
  },
};
