/** How many rejected rows of one source a load puts up with: a number, or a share of the delivered rows (0 … 1). */
export type RejectLimit = { readonly rows: number } | { readonly share: number };

/** Whether so many rejected rows of so many delivered ones are too many. */
export function exceedsRejectLimit(limit: RejectLimit, rejected: number, delivered: number): boolean {
  if ('rows' in limit) return rejected > limit.rows;
  // Not limit.share * delivered, which can end just below a whole number: 0.29 * 100 does.
  return rejected > 0 && rejected / delivered > limit.share;
}

/** The limit as people read it. */
export function formatRejectLimit(limit: RejectLimit): string {
  return 'rows' in limit
    ? limit.rows.toLocaleString('en')
    : `${Number((limit.share * 100).toPrecision(12))} %`;
}
