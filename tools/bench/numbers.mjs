/** @param {readonly number[]} values */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2;
}

/** @param {readonly number[]} values */
export function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}

/** The measurement whose process took the median; of an even number the faster one. */
export function typical(measurements) {
  return measurements.toSorted((a, b) => a.wall - b.wall)[Math.floor((measurements.length - 1) / 2)];
}

export const seconds = (value) => value.toFixed(2);

/** A change as people read it: +1.4 %. */
export const change = (value) => `${value < 0 ? '−' : '+'}${Math.abs(value * 100).toFixed(1)} %`;

export const share = (value) => `${(value * 100).toFixed(1)} %`;
