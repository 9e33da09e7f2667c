/** The engagement levels in their own order, from the least active users to the most active; a cube lists them from a to z. */
export const engagementLevels = [
  'Low-Engagement',
  'Medium-Engagement',
  'High-Engagement',
  'Super-High-Engagement',
] as const;

/** The place of each of a cube's levels in that order. @throws Error for a level that is not known here */
export function levelPlaces(values: readonly string[]): Int32Array {
  return Int32Array.from(values, (value) => {
    const place = (engagementLevels as readonly string[]).indexOf(value);
    if (place < 0) throw new Error(`The engagement level ${value} is not known to the dashboards.`);
    return place;
  });
}
