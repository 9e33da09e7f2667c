/** Tokens of key pair authentication: RS256, issued by `ACCOUNT.USER.SHA256:fingerprint` for `ACCOUNT.USER`. */
import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import { isRecord } from './request.js';

/** Times later than this are milliseconds: the Node driver sends those, others send seconds. */
const LATEST_SECONDS = 100_000_000_000;
const CLOCK_SKEW_MS = 60_000;

/** `SHA256:` and the digest of the public key, as Snowflake shows it with a user. */
export function fingerprint(publicKey: KeyObject): string {
  const der = publicKey.export({ format: 'der', type: 'spki' });
  return `SHA256:${createHash('sha256').update(der).digest('base64')}`;
}

/**
 * Whether a token was signed for a user by the owner of one of the keys, and is not out of date.
 *
 * @param publicKeys in PEM
 * @param now in milliseconds since 1970
 */
export function isSignedFor(
  token: string,
  account: string,
  user: string,
  publicKeys: readonly string[],
  now: number,
): boolean {
  const [head, payload, signature, ...more] = token.split('.');
  if (!head || !payload || !signature || more.length > 0) return false;
  const [header, claims] = [decoded(head), decoded(payload)];
  if (header?.alg !== 'RS256' || !claims) return false;

  const subject = `${account}.${user}`.toUpperCase();
  const { iss: issuer, sub, iat, exp } = claims;
  const began = milliseconds(iat);
  const ends = milliseconds(exp);
  if (sub !== subject || began === undefined || ends === undefined) return false;
  if (began > now + CLOCK_SKEW_MS || ends <= now) return false;

  return publicKeys
    .map((pem) => createPublicKey(pem))
    .filter((key) => issuer === `${subject}.${fingerprint(key)}`)
    .some((key) =>
      verify('sha256', Buffer.from(`${head}.${payload}`), key, Buffer.from(signature, 'base64url')),
    );
}

function decoded(part: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function milliseconds(time: unknown): number | undefined {
  if (typeof time !== 'number') return undefined;
  return time < LATEST_SECONDS ? time * 1000 : time;
}
