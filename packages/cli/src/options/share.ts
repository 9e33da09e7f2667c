import { UsageError } from '@matinee/core';

/** `1%` or `0.5%` as a number between 0 and 1. @throws UsageError for anything else. */
export function parseShare(text: string): number {
  const [, digits] = /^(\d+(?:\.\d+)?|\.\d+)%$/.exec(text.trim()) ?? [];
  const share = Number(digits) / 100;
  if (share > 0 && share < 1) return share;
  throw new UsageError('USAGE', `--sample takes a share above 0% and below 100%, not '${text}'.`, {
    hint: 'Write it as --sample 1% or --sample 0.5%.',
  });
}
