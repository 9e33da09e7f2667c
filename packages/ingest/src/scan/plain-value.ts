import type { FieldKind } from '../reading/field.js';
import { hasForm, latin1 } from './formats.js';

const PLAIN_NUMBERS = {
  int: /^-?\d{1,18}$/,
  epochSeconds: /^(\d{1,11}|-\d{1,10})$/,
  double: /^-?\d{1,100}(\.\d{0,100})?(e[+-]?\d{1,2})?$/i,
} as const;

/** Whether `from … to` is a value that certainly fits its kind. Those at the limits are for `judge`. */
export function isPlainValue(
  kind: Exclude<FieldKind, 'text'>,
  bytes: Uint8Array,
  from: number,
  to: number,
): boolean {
  if (kind === 'int' || kind === 'epochSeconds' || kind === 'double') {
    return PLAIN_NUMBERS[kind].test(latin1(bytes, from, to));
  }
  return hasForm(kind, bytes, from, to);
}
