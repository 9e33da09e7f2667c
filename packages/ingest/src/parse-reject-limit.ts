import { type RejectLimit, UsageError } from '@matinee/core';

/**
 * How many rejected rows of a source a load puts up with: a number of rows, or a share of the delivered ones.
 *
 * @param text `0`, `10`, `1%` or `0.5%`
 * @throws UsageError for anything else.
 */
export function parseRejectLimit(text: string): RejectLimit {
  const [, digits, share] = /^(?:(\d{1,15})|(\d+(?:\.\d+)?)%)$/.exec(text.trim()) ?? [];
  if (digits !== undefined) return { rows: Number(digits) };
  // As one decimal number: 0.7 / 100 is not 0.007.
  if (share !== undefined && Number(share) <= 100) return { share: Number(`${share}e-2`) };
  throw new UsageError('MAX_REJECTS', `"${text}" is no limit for rejected rows.`, {
    hint: 'Give a number of rows such as 10, or a share of up to 100 % such as 0.5%.',
  });
}
