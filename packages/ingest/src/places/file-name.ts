import { LoadError } from '@matinee/core';

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The name of a file as text. On most systems a name is any bytes; one that is no text could be listed but never opened.
 *
 * @param folder as errors name it
 * @throws LoadError LOAD_FILE_NAME.
 */
export function fileName(bytes: Buffer, folder: string): string {
  try {
    return UTF8.decode(bytes);
  } catch (cause) {
    throw new LoadError('LOAD_FILE_NAME', `${folder}/${escaped(bytes)} has a name that is not UTF-8.`, {
      location: { file: folder },
      hint: 'Rename it, or move it away: its rows would be lost. Each \\x.. is one byte of the name.',
      cause,
    });
  }
}

/** `caf\xE9.csv` */
function escaped(bytes: Buffer): string {
  return bytes
    .toString('latin1')
    .replace(/[^ -~]/g, (byte) => `\\x${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
}
