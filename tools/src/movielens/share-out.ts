/** How much one of the sharers may get: never less than `floor`, never more than its entry in `caps`. */
export interface ShareLimits {
  readonly floor: number;
  readonly caps: Int32Array;
}

function wholeShares(wanted: Float64Array, shares: Int32Array, { floor, caps }: ShareLimits): number {
  let given = 0;
  for (let i = 0; i < shares.length; i++) {
    shares[i] = Math.min(caps[i]!, floor + Math.floor(wanted[i]!));
    given += shares[i]!;
  }
  return given;
}

/**
 * Shares `total` whole things out in proportion to `weights` (> 0), within the limits, so that the shares add up to
 * `total` exactly. What the caps cut off goes to the others in proportion; what rounding leaves goes to the first that
 * have room. Needs floor × n <= total <= sum(caps).
 */
export function shareOut(total: number, weights: Float64Array, limits: ShareLimits): Int32Array {
  const size = weights.length;
  const shares = new Int32Array(size);
  const wanted = new Float64Array(size);
  const spare = total - limits.floor * size;
  // Each round fills the sharers that reach their cap and spreads the rest over the others: a few rounds settle it.
  for (let round = 0; round < 64; round++) {
    let open = 0;
    let filled = 0;
    for (let i = 0; i < size; i++) {
      if (limits.floor + wanted[i]! >= limits.caps[i]!) filled += limits.caps[i]! - limits.floor;
      else open += weights[i]!;
    }
    if (open === 0) break;
    const rate = (spare - filled) / open;
    let capped = false;
    for (let i = 0; i < size; i++) {
      if (limits.floor + wanted[i]! >= limits.caps[i]!) continue;
      wanted[i] = weights[i]! * rate;
      if (limits.floor + wanted[i]! >= limits.caps[i]!) capped = true;
    }
    if (!capped) break;
  }
  let left = total - wholeShares(wanted, shares, limits);
  while (left > 0) {
    const before = left;
    for (let i = 0; i < size && left > 0; i++) {
      if (shares[i]! >= limits.caps[i]!) continue;
      shares[i] = shares[i]! + 1;
      left--;
    }
    if (left === before)
      throw new RangeError(`cannot share out ${total}: the caps leave ${left} without a taker`);
  }
  return shares;
}
