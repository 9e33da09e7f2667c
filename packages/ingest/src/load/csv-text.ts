const QUOTE = 34;
const BACKSLASH = 92;

/** A value as a quoted CSV field. Every quote, and every backslash where that is the escape, gets the escape before it. */
export function quotedField(value: Uint8Array, escapeWith: '"' | '\\'): Buffer {
  const escapeByte = escapeWith === '"' ? QUOTE : BACKSLASH;
  const field = Buffer.allocUnsafe(value.length * 2 + 2);
  let length = 0;
  field[length++] = QUOTE;
  for (const byte of value) {
    if (byte === QUOTE || byte === escapeByte) field[length++] = escapeByte;
    field[length++] = byte;
  }
  field[length++] = QUOTE;
  return field.subarray(0, length);
}

/** A text as a quoted CSV field, its quotes doubled; null as an empty field without quotes. */
export function textField(text: string | null): string {
  return text === null ? '' : `"${text.replaceAll('"', '""')}"`;
}
