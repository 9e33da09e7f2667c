/** ISO time of a timestamp as the ledger writes it: `2026-01-02 03:04:05.678` becomes `2026-01-02T03:04:05.678Z`. */
export function utcTime(timestamp: string): string {
  return `${timestamp.replace(' ', 'T').replace(/\+00$/, '')}Z`;
}
