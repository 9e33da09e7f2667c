import { type Palette, palettes, type ThemeName } from './palette.js';

/** The style rules that give both palettes to the style sheet: `--surface`, `--text`, `--series-1` and so on. */
export function paletteRules(): string {
  const rule = (name: ThemeName) =>
    `:root[data-theme='${name}']{color-scheme:${name};${variables(palettes[name])}}`;
  return `${rule('light')}${rule('dark')}`;
}

function variables({ series, ramp, ...colors }: Palette): string {
  const named = Object.entries(colors).map(([name, color]) => `--${kebab(name)}:${color};`);
  const numbered = (name: string, list: readonly string[]) =>
    list.map((color, index) => `--${name}-${index + 1}:${color};`);
  return [...named, ...numbered('series', series), ...numbered('ramp', ramp)].join('');
}

const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
