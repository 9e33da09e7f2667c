import { isUtf8 } from 'node:buffer';
import { firstCharacters } from '@matinee/core';
import type { Field } from '../reading/field.js';
import { FIRST_SECOND, hasForm, LAST_SECOND, latin1 } from './formats.js';

const WHOLE = /^[+-]?\d+$/;
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
/** Of a value that is shown in a reason. */
export const SHOWN_CHARACTERS = 60;

/** Why a value does not fit its column, as a sentence; undefined if it does. */
export function judge(field: Field, value: Uint8Array): string | undefined {
  if (value.includes(0)) return 'The value holds a NUL character.';
  if (!isUtf8(value)) return 'The value is not valid UTF-8.';
  if (field.kind === 'text') return undefined;
  if (value.length === 0) {
    return field.mayBeEmpty ? undefined : 'The value is empty, but the column is not nullable.';
  }
  switch (field.kind) {
    case 'int':
      return judgeWhole(value, (number) => (BigInt.asIntN(64, number) === number ? undefined : 'int'));
    case 'epochSeconds':
      return judgeWhole(value, (number) =>
        number >= BigInt(FIRST_SECOND) && number <= BigInt(LAST_SECOND) ? undefined : 'epochSeconds',
      );
    case 'double':
      return judgeDouble(value);
    default:
      return hasForm(field.kind, value, 0, value.length) ? undefined : `${show(value)} ${FORM[field.kind]}.`;
  }
}

/** How a value that has not the form of its kind is called. */
export const FORM = {
  dateTime: 'is not a time written as YYYY-MM-DD HH:MM:SS',
  date: 'is not a day written as YYYY-MM-DD',
  boolean: 'is neither true nor false',
  uuid: 'is not a UUID',
} as const;

/** How a whole number is called that its kind cannot take. */
export const BEYOND = {
  int: 'does not fit into 64 bits',
  epochSeconds: 'is no time between the years 1 and 9999',
} as const;

function judgeWhole(
  value: Uint8Array,
  check: (number: bigint) => keyof typeof BEYOND | undefined,
): string | undefined {
  const text = latin1(value);
  if (!WHOLE.test(text)) return `${show(value)} is not a whole number.`;
  // Twenty digits are too many for either kind, and a million would take long to convert.
  const digits = text.replace(/^([+-]?)0+(?=\d)/, '$1');
  const beyond = check(BigInt((digits.length > 21 ? digits.slice(0, 21) : digits).replace('+', '')));
  return beyond && `${show(value)} ${BEYOND[beyond]}.`;
}

function judgeDouble(value: Uint8Array): string | undefined {
  const text = latin1(value);
  if (!DECIMAL.test(text)) return `${show(value)} is not a number.`;
  return Number.isFinite(Number(text)) ? undefined : `${show(value)} is too large for a double.`;
}

function show(value: Uint8Array): string {
  const text = Buffer.from(value.buffer, value.byteOffset, value.length).toString();
  const start = firstCharacters(text, SHOWN_CHARACTERS);
  const shown = JSON.stringify(start === text ? text : `${start}…`);
  // JSON leaves the control characters beyond ASCII as they are, and a terminal may obey them.
  return shown.replace(/[\u007f-\u009f]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`);
}
