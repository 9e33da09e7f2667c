import { LoadError, type MatineeError } from '@matinee/core';
import { fileChanged } from '../file-changed.js';
import { type S3Address, s3Url } from './address.js';
import {
  type Fault,
  isSilence,
  isThrottling,
  isTransient,
  isUnreachable,
  isUnreadable,
  WRONG_RANGE,
} from './fault.js';
import { type NamedProfile, profileHint } from './profile.js';

/** What was asked of a store. */
export interface Asked extends S3Address {
  /** Listing a prefix, looking at an object, or reading one whose version is known. */
  readonly action: 'list' | 'look' | 'read';
  readonly isAnonymous: boolean;
  readonly region: string;
  /** Host of a store that is not Amazon's. */
  readonly endpoint: string | undefined;
  readonly profile: NamedProfile | undefined;
}

interface Told {
  readonly code: string;
  readonly what: string;
  readonly hint: string;
}

/**
 * A fault as an error that names bucket and key and what to look at. Of what the store wrote only its code and status are
 * repeated, and there is no cause: messages and headers hold keys, tokens and signatures.
 *
 * @param attempts how often it was tried
 */
export function s3Error(fault: Fault, asked: Asked, attempts: number): MatineeError {
  const url = s3Url(asked);
  // An object that became shorter has nothing at such a place; stores may look at that before they look at its version.
  if (fault.status === 412 || (fault.status === 416 && asked.action === 'read')) return fileChanged(url, url);
  if (isMissingKey(fault) && asked.action === 'read') {
    return new LoadError('LOAD_FILE_CHANGED', `${url} is gone since the load began.`, {
      location: { file: url },
      hint: 'Load again once the delivery is complete.',
    });
  }
  const { code, what, hint } = tell(fault, asked);
  const said = [fault.code, ...(fault.status === undefined ? [] : [`HTTP ${fault.status}`])].join(', ');
  const often = attempts > 1 ? ` after ${attempts} attempts` : '';
  return new LoadError(code, `${url}: ${what}${often} (${said}).`, { location: { file: url }, hint });
}

function tell(fault: Fault, asked: Asked): Told {
  const { code, status } = fault;
  const { bucket } = asked;
  if (fault.isExpired || EXPIRED.has(code)) {
    const hint =
      'Sign in again (such as by aws sso login), or renew AWS_SESSION_TOKEN and the keys that go with it.';
    return { code: 'LOAD_S3_EXPIRED', what: 'the credentials have expired', hint };
  }
  if (code === 'CredentialsProviderError' || code === 'TokenProviderError') return noCredentials(asked);
  if (UNKNOWN_KEYS.has(code)) {
    const hint =
      'Look at AWS_PROFILE, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN: they must belong together, and to this store.';
    return { code: 'LOAD_S3_CREDENTIALS', what: 'the store does not accept the credentials', hint };
  }
  if (CLOCK.has(code)) {
    const hint = 'Set the clock of this machine: it may be wrong by 15 minutes at most.';
    return { code: 'LOAD_S3_CLOCK', what: 'this machine and the store do not agree on the time', hint };
  }
  if (isOfOtherRegion(fault, asked)) return wrongRegion(fault, asked);
  if (status !== undefined && status >= 300 && status < 400) return redirected(fault, asked);
  if (code === 'NoSuchBucket' || (status === 404 && asked.action === 'list')) {
    const hint = `Look at the bucket's name${asked.endpoint === undefined ? '' : ` and at the endpoint, ${asked.endpoint}`}.`;
    return { code: 'LOAD_S3_BUCKET_MISSING', what: `there is no bucket ${bucket}`, hint };
  }
  if (isMissingKey(fault)) {
    const hint = 'Look at the key: capital and small letters count.';
    return { code: 'LOAD_S3_KEY_MISSING', what: 'there is no such object', hint };
  }
  if (code === 'InvalidObjectState') {
    const hint = 'Restore it from its archive storage class first.';
    return { code: 'LOAD_S3_ARCHIVED', what: 'the object is archived', hint };
  }
  if (status === 403 || status === 401) return denied(asked);
  if (isThrottling(fault)) {
    const hint = 'Try again later, or ask whoever keeps the store for a higher limit.';
    return { code: 'LOAD_S3_THROTTLED', what: 'the store is still asking to slow down', hint };
  }
  if (isUnreadable(fault) || code === WRONG_RANGE) {
    const hint = `Look at ${asked.endpoint === undefined ? 'the network' : `the endpoint, ${asked.endpoint}`}: a proxy or a sign-in page may answer in the store's place.`;
    const what =
      code === WRONG_RANGE
        ? 'what was answered is not the bytes that were asked for'
        : 'what was answered is no list of objects, or not all of it';
    return { code: 'LOAD_S3_ANSWER', what, hint };
  }
  if (code.startsWith('HPE_')) {
    const hint = `Look at ${asked.endpoint === undefined ? 'the network' : `the endpoint (AWS_ENDPOINT_URL), ${asked.endpoint}: its port may be another service's, or want https://`}.`;
    return { code: 'LOAD_S3_ANSWER', what: `what answers at ${storeOf(asked)} does not speak HTTP`, hint };
  }
  if (TLS.test(code)) {
    const hint =
      "If the store's certificate is your company's, name its authority by NODE_EXTRA_CA_CERTS; otherwise look at the endpoint.";
    return { code: 'LOAD_S3_TLS', what: `no safe connection to ${storeOf(asked)} could be made`, hint };
  }
  if (isUnreachable(fault)) {
    const hint = `Look at the network${asked.endpoint === undefined ? ' and at AWS_REGION' : ' and at the endpoint (AWS_ENDPOINT_URL)'}.`;
    return { code: 'LOAD_S3_UNREACHABLE', what: `${storeOf(asked)} cannot be reached`, hint };
  }
  if (isSilence(fault)) {
    const hint = `Look at the network, and whether ${asked.endpoint === undefined ? 'AWS_REGION is right' : 'a store answers at the endpoint (AWS_ENDPOINT_URL)'}.`;
    return { code: 'LOAD_S3_SILENT', what: `${storeOf(asked)} stays silent`, hint };
  }
  if (status === undefined && isTransient(fault)) {
    const hint = 'Look at the network between this machine and the store, then load again.';
    return { code: 'LOAD_S3_BROKEN', what: `the connection to ${storeOf(asked)} kept breaking off`, hint };
  }
  if (asked.action === 'look' && status === 400) {
    const hint =
      'It says no more where an object is only looked at: the credentials may have expired, or the bucket lie in another region (AWS_REGION).';
    return { code: 'LOAD_S3_FAILED', what: 'the store has refused the request', hint };
  }
  const hint = 'Look at the state of the store, then load again.';
  return { code: 'LOAD_S3_FAILED', what: 'the store has refused the request', hint };
}

function denied({ action, bucket, key, isAnonymous }: Asked): Told {
  const need =
    action === 'list'
      ? `s3:ListBucket on arn:aws:s3:::${bucket}`
      : `s3:GetObject on arn:aws:s3:::${bucket}/${key}`;
  const hint = isAnonymous
    ? `Requests go unsigned: the bucket must allow ${need} to everybody, or MATINEE_S3_ANONYMOUS must not be set.`
    : `The credentials need ${need}${action === 'list' ? '' : ', kms:Decrypt if it is encrypted by a key of its own'}, and MATINEE_S3_REQUESTER_PAYS=1 if the requester pays.`;
  const what = action === 'list' ? 'listing is denied' : 'reading is denied';
  return { code: 'LOAD_S3_DENIED', what, hint };
}

function noCredentials({ profile }: Asked): Told {
  const code = 'LOAD_S3_CREDENTIALS';
  if (profile) {
    const { name, isThere } = profile;
    const what = isThere
      ? `the AWS profile '${name}' gives no credentials`
      : `there is no AWS profile '${name}'`;
    return { code, what, hint: profileHint(profile) };
  }
  const hint =
    'Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; for a bucket that everybody may read, MATINEE_S3_ANONYMOUS=1.';
  return { code, what: 'no AWS credentials were found', hint };
}

/** Amazon sends elsewhere those who ask in a wrong region. Whoever else does is no store, or moved. */
function isOfOtherRegion({ code, status, region }: Fault, { endpoint }: Asked): boolean {
  if (REDIRECTED.has(code)) return true;
  return (status === 301 || status === 307) && (endpoint === undefined || region !== undefined);
}

function redirected({ redirectedTo }: Fault, asked: Asked): Told {
  const to = redirectedTo === undefined ? 'elsewhere' : `to ${redirectedTo}`;
  const hint =
    asked.endpoint === undefined
      ? "Look at the network: a proxy or a sign-in page may answer in the store's place."
      : `Set the endpoint (AWS_ENDPOINT_URL or MATINEE_S3_ENDPOINT) to where the store itself answers${redirectedTo === undefined ? '' : `, such as ${redirectedTo}`}: redirects are not followed.`;
  return { code: 'LOAD_S3_REDIRECTED', what: `${storeOf(asked)} sends requests ${to}`, hint };
}

function wrongRegion(fault: Fault, { bucket, region }: Asked): Told {
  return {
    code: 'LOAD_S3_REGION',
    what: `the bucket ${bucket} does not lie in ${region}${fault.region ? `, but in ${fault.region}` : ''}`,
    hint: `Set AWS_REGION=${fault.region ?? '…'}, or region in s3 of matinee.config.ts${fault.region ? '' : ", to the bucket's region"}.`,
  };
}

/** The store for people: its host, or Amazon's S3 in a region. */
export function storeOf({ endpoint, region }: Pick<Asked, 'endpoint' | 'region'>): string {
  return endpoint ?? `S3 in ${region}`;
}

function isMissingKey({ code, status }: Fault): boolean {
  return code === 'NoSuchKey' || code === 'NoSuchVersion' || (status === 404 && code !== 'NoSuchBucket');
}

const EXPIRED = new Set(['ExpiredToken', 'ExpiredTokenException', 'TokenRefreshRequired', 'RequestExpired']);
const UNKNOWN_KEYS = new Set([
  'InvalidAccessKeyId',
  'SignatureDoesNotMatch',
  'InvalidToken',
  'InvalidSecurity',
  'NotSignedUp',
  'InvalidClientTokenId',
  'UnrecognizedClientException',
]);
const CLOCK = new Set(['RequestTimeTooSkewed', 'RequestInTheFuture']);
const REDIRECTED = new Set([
  'PermanentRedirect',
  'TemporaryRedirect',
  'AuthorizationHeaderMalformed',
  'IllegalLocationConstraintException',
]);
const TLS = /^(CERT_|ERR_TLS|ERR_SSL|DEPTH_ZERO_SELF|SELF_SIGNED|UNABLE_TO_|EPROTO)/;
