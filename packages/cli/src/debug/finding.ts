import { formatLocation, MatineeError, messageOf } from '@matinee/core';

/** One thing that was looked at. */
export interface Finding {
  readonly ok: boolean;
  readonly what: string;
  readonly found: string;
  /** What to do about it. */
  readonly todo?: string | undefined;
}

/** Something that is wrong, in the words of its error. */
export function failedFinding(what: string, root: string | undefined, error: unknown): Finding {
  const { location, hint } = error instanceof MatineeError ? error : { location: undefined, hint: undefined };
  const place = location?.file ? ` (${formatLocation(location, root)})` : '';
  return { ok: false, what, found: messageOf(error) + place, todo: hint };
}

export function isFinding(value: unknown): value is Finding {
  return typeof value === 'object' && value !== null && 'ok' in value && 'found' in value;
}
