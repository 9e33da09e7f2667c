import type { FieldKind } from '../reading/field.js';
import { isDate, isDateTime } from './calendar.js';

/** The first and the last second of the years 1 to 9999, which both engines can store. */
export const FIRST_SECOND = -62_135_596_800;
export const LAST_SECOND = 253_402_300_799;

/** Kinds whose values have a fixed form, told from the bytes alone. */
export type FixedKind = Exclude<FieldKind, 'int' | 'double' | 'text' | 'epochSeconds'>;

/** Whether the bytes `from … to` are a value of the kind. */
export function hasForm(kind: FixedKind, bytes: Uint8Array, from: number, to: number): boolean {
  if (kind === 'dateTime') return isDateTime(bytes, from, to);
  if (kind === 'date') return isDate(bytes, from, to);
  return FORMS[kind].test(latin1(bytes, from, to));
}

const FORMS = {
  boolean: /^(true|false)$/i,
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
} as const;

/** The bytes as text, one character each. */
export function latin1(bytes: Uint8Array, from = 0, to = bytes.length): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('latin1');
}
