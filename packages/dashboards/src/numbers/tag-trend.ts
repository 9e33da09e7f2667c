import type { Tag } from './tags.js';

/** A straight line through average ratings over the decimal logarithm of the number of ratings. */
export interface TagTrend {
  /** Stars for ten times the ratings. */
  readonly slope: number;
  readonly intercept: number;
}

/** The line of least squares; null where there are no two tags with different numbers of ratings. */
export function tagTrend(tags: readonly Tag[]): TagTrend | null {
  const points = tags.filter(({ ratings }) => ratings > 0);
  if (new Set(points.map(({ ratings }) => ratings)).size < 2) return null;
  const mean = (of: (tag: Tag) => number) => points.reduce((sum, tag) => sum + of(tag), 0) / points.length;
  const x = ({ ratings }: Tag) => Math.log10(ratings);
  const [meanX, meanY] = [mean(x), mean(({ average }) => average)];
  const slope =
    mean((tag) => (x(tag) - meanX) * (tag.average - meanY)) / mean((tag) => (x(tag) - meanX) ** 2);
  return { slope, intercept: meanY - slope * meanX };
}
