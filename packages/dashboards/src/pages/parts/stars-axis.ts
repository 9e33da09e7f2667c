/** Ends of an axis of average stars: whole stars around all of them, one apart at least, though all are equal. */
export const starsAxis = {
  min: ({ min }: { readonly min: number }) => Math.max(0, Math.min(4, Math.floor(min))),
  max: ({ max }: { readonly max: number }) => Math.min(5, Math.floor(max) + 1),
  interval: 1,
} as const;

/** Whether a line has a value there and none beside it: without a dot it would not be seen. */
export function standsAlone(values: readonly (number | null)[], place: number): boolean {
  const isThere = (at: number) => (values[at] ?? null) !== null;
  return isThere(place) && !isThere(place - 1) && !isThere(place + 1);
}
