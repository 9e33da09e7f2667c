import { createPrivateKey, type KeyObject } from 'node:crypto';
import { UsageError } from '../../errors.js';

/**
 * The RSA key of a PEM text, decrypted. Where a variable holds it, line breaks may be written as `\n`.
 *
 * @param place the file or variable that it comes from
 * @throws UsageError SNOWFLAKE_KEY. What OpenSSL says is left out: it tells people nothing, and might tell of the key.
 */
export function readPrivateKey(text: string, passphrase: string | undefined, place: string): string {
  const pem = text.replaceAll('\\n', '\n').trim();
  if (!/^-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(pem)) {
    throw keyError('is no private key', 'It begins with -----BEGIN PRIVATE KEY-----.', place);
  }
  const isEncrypted = /BEGIN ENCRYPTED|^Proc-Type: 4,ENCRYPTED/m.test(pem);
  if (isEncrypted && !passphrase) {
    throw keyError('is encrypted', 'Set SNOWFLAKE_PRIVATE_KEY_PASSPHRASE.', place);
  }
  const key = parse(pem, passphrase);
  if (!key) {
    throw isEncrypted
      ? keyError(
          'cannot be decrypted',
          'See that SNOWFLAKE_PRIVATE_KEY_PASSPHRASE is the passphrase of this key.',
          place,
        )
      : keyError('is damaged', 'Copy it again, whole and with its line breaks.', place);
  }
  if (key.asymmetricKeyType !== 'rsa') {
    throw keyError('is no RSA key', 'Snowflake takes RSA keys of 2048 bits or more.', place);
  }
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

function parse(pem: string, passphrase: string | undefined): KeyObject | undefined {
  try {
    return createPrivateKey({ key: pem, format: 'pem', ...(passphrase && { passphrase }) });
  } catch {
    return undefined;
  }
}

function keyError(what: string, hint: string, place: string): UsageError {
  return new UsageError('SNOWFLAKE_KEY', `The private key in ${place} ${what}.`, { hint });
}
