import { LoadError, MatineeError, messageOf } from '@matinee/core';

const AGAIN = 'Deliver the archive again.';

/** What yauzl or zlib made of an archive's bytes. Errors of the place it lies in stay what they are. */
export function zipError(archive: string, cause: unknown): MatineeError {
  if (cause instanceof MatineeError) return cause;
  const text = messageOf(cause).replace(/[.?]$/, '');
  if (/^(absolute path|invalid relative path|invalid characters)/.test(text)) {
    return new LoadError('LOAD_ZIP_NAME', `${archive} holds a file whose name leads out of it: ${text}.`, {
      location: { file: archive },
      hint: 'Nothing of it has been unpacked. Ask whoever has made the archive.',
      cause,
    });
  }
  return new LoadError('LOAD_ZIP', `${archive} is no intact zip file: ${text}.`, {
    location: { file: archive },
    hint: AGAIN,
    cause,
  });
}

export function nameTwice(archive: string, name: string): LoadError {
  return new LoadError('LOAD_ZIP_NAME', `${archive} holds two files named ${name}.`, {
    location: { file: archive },
    hint: 'Leave one of them in the archive.',
  });
}

/** An entry that cannot be unpacked, whatever its bytes. */
export function notUnpackable(file: string, method: number, isEncrypted: boolean): LoadError {
  return isEncrypted
    ? new LoadError('LOAD_ZIP_ENCRYPTED', `${file} is encrypted.`, {
        location: { file },
        hint: 'Deliver the archive without a password, or unpack it and name the folder.',
      })
    : new LoadError('LOAD_ZIP_METHOD', `${file} is compressed by method ${method}.`, {
        location: { file },
        hint: 'Pack it with deflate, which every program knows, or unpack the archive and name the folder.',
      });
}

export function wrongChecksum(file: string, found: number, expected: number): LoadError {
  const hex = (crc: number) => crc.toString(16).padStart(8, '0');
  return new LoadError(
    'LOAD_ZIP_CHECKSUM',
    `${file} is damaged: its bytes have the CRC-32 ${hex(found)}, the archive says ${hex(expected)}.`,
    { location: { file }, hint: AGAIN },
  );
}
