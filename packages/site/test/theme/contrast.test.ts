import { describe, expect, test } from 'vitest';
import { palettes } from '../../src/browser/theme/palette.js';

/** Relative luminance, as WCAG 2.2 defines it. */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** From 1, no contrast, to 21, black on white. */
function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

test('contrast is computed as WCAG does', () => {
  expect(contrast('#ffffff', '#000000')).toBe(21);
  expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
});

describe.each(Object.entries(palettes))('the %s palette', (_, palette) => {
  const grounds = [palette.surface, palette.background, palette.raised];

  test.each(['text', 'muted', 'accent', 'good', 'warning', 'bad'] as const)(
    'text in %s is readable on every ground',
    (name) => {
      for (const ground of grounds) expect(contrast(palette[name], ground)).toBeGreaterThanOrEqual(4.5);
    },
  );

  test('text on accent, and accent and text on its faint ground, are readable', () => {
    expect(contrast(palette.onAccent, palette.accent)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(palette.accent, palette.accentSoft)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(palette.text, palette.accentSoft)).toBeGreaterThanOrEqual(4.5);
  });

  test('series stand out from the card they are drawn on', () => {
    for (const color of palette.series) expect(contrast(color, palette.surface)).toBeGreaterThanOrEqual(3);
  });

  test('the ramp goes one way', () => {
    const steps = palette.ramp.map(luminance);
    const sorted = [...steps].sort((a, b) => a - b);
    expect([sorted, sorted.toReversed()]).toContainEqual(steps);
  });
});
