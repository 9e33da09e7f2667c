import { formatLocation, LoadError, type RejectLimit, UsageError } from '@matinee/core';
import type { RejectLog } from './reject-log.js';

/** Reads `10` as ten rows and `1%` as a share of the delivered rows. @throws UsageError REJECT_LIMIT */
export function parseRejectLimit(text: string): RejectLimit {
  const match = /^(\d+(?:\.\d+)?)(%?)$/.exec(text.trim());
  const value = Number(match?.[1]);
  if (match?.[2] === '%' && value <= 100) return { share: value / 100 };
  if (match && match[2] === '' && Number.isSafeInteger(value)) return { rows: value };
  throw new UsageError('REJECT_LIMIT', `'${text}' is no limit for rejected rows.`, {
    hint: 'Give a number of rows such as 10, or a share such as 0.1%.',
  });
}

/** @throws LoadError LOAD_REJECTS if more rows of a source were rejected than the limit allows. */
export function requireFewRejects(
  limit: RejectLimit,
  source: string,
  file: string,
  { count, samples }: RejectLog,
  otherRows: number,
): void {
  const delivered = count + otherRows;
  const allowed = 'rows' in limit ? limit.rows : Math.floor(delivered * limit.share);
  if (count <= allowed) return;
  const shown = samples.map(
    ({ line, column, reason }) =>
      `  ${formatLocation({ file, line })}${column ? ` ${column}` : ''}: ${reason}`,
  );
  throw new LoadError(
    'LOAD_REJECTS',
    [
      `${source}: ${count} of ${delivered} delivered rows do not fit, ${allowed} are allowed.`,
      ...shown,
      ...(count > samples.length ? [`  and ${count - samples.length} more`] : []),
    ].join('\n'),
    {
      location: { file, line: samples[0]?.line ?? 1 },
      hint: 'All of them are in _matinee.rejected_rows. Mend the file, or allow for them with --max-rejects.',
    },
  );
}
