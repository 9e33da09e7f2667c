import type { Placed } from './layout.js';

/** An SVG path through points: level where it leaves and where it arrives, smooth between. */
export function edgePath(points: readonly Placed[]): string {
  const [first, ...rest] = points;
  if (!first) return '';
  let from = first;
  const parts = [`M${round(first.x)} ${round(first.y)}`];
  for (const to of rest) {
    const bend = (to.x - from.x) / 2;
    parts.push(
      from.y === to.y
        ? `L${round(to.x)} ${round(to.y)}`
        : `C${round(from.x + bend)} ${round(from.y)} ${round(to.x - bend)} ${round(to.y)} ${round(to.x)} ${round(to.y)}`,
    );
    from = to;
  }
  return parts.join('');
}

const round = (value: number) => Math.round(value * 10) / 10;
