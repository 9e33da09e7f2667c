/** What an error of the SDK or of the connection says, as far as it can be told to people: no message, no header. */
export interface Fault {
  /** The store's code (`AccessDenied`), the system's (`ECONNRESET`), or the name of the SDK's class. */
  readonly code: string;
  /** The HTTP status, if there was an answer. */
  readonly status: number | undefined;
  /** The region that the store says the bucket lies in. */
  readonly region: string | undefined;
  /** Scheme and host that the answer sends to, no more of it. */
  readonly redirectedTo: string | undefined;
  /** Whether the SDK has set its clock by the store's, so that the same request may do now. */
  readonly isClockSet: boolean;
  /** Whether a profile's credentials have run out before anything was asked. */
  readonly isExpired: boolean;
}

/** A body that ended before all bytes had come. */
export class ShortBody extends Error {
  readonly code = 'SHORT_BODY';
}

/** A store that answers with other bytes than were asked for. */
export class WrongRange extends Error {
  readonly code = WRONG_RANGE;
}

export const WRONG_RANGE = 'WRONG_RANGE';

/** A 200 that is no listing, or not all of one: a proxy or a sign-in page may answer in the store's place. */
export class NotAListing extends Error {
  readonly code = NOT_A_LISTING;
}

export const NOT_A_LISTING = 'NOT_A_LISTING';

interface SdkError {
  readonly name?: unknown;
  readonly message?: unknown;
  readonly code?: unknown;
  readonly Code?: unknown;
  readonly Region?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly clockSkewCorrected?: boolean };
  readonly $response?: { readonly headers?: Readonly<Record<string, string>> };
}

export function faultOf(error: unknown): Fault {
  const { name, message, code, Code, Region, $metadata, $response } = (error ?? {}) as SdkError;
  const found = [Code, code, name].find((text) => typeof text === 'string' && SAFE.test(text));
  const region = $response?.headers?.['x-amz-bucket-region'] ?? Region;
  return {
    code: typeof found === 'string' ? found : 'Unknown',
    status: $metadata?.httpStatusCode,
    region: typeof region === 'string' && REGION.test(region) ? region : undefined,
    redirectedTo: originOf($response?.headers?.location),
    isClockSet: $metadata?.clockSkewCorrected === true,
    isExpired: name === 'CredentialsProviderError' && /expired/i.test(String(message)),
  };
}

function originOf(location: string | undefined): string | undefined {
  return location !== undefined && URL.canParse(location) ? new URL(location).origin : undefined;
}

/** A code is a word: whatever else stands in its place might be anything, a secret included. */
const SAFE = /^[A-Za-z_][A-Za-z_0-9.]{0,49}$/;
const REGION = /^[a-z0-9-]{1,40}$/;

/** Whether the same request may well do the next time. */
export function isTransient({ code, status, isClockSet }: Fault): boolean {
  if (isClockSet || isUnreadable({ status })) return true;
  if (status !== undefined && status >= 400)
    return isThrottling({ code, status }) || PASSING_ANSWERS.has(code) || status >= 500;
  return BROKEN.has(code);
}

/** Whether a good answer could not be understood: a proxy or a sign-in page may answer in the store's place. */
export function isUnreadable({
  code,
  status,
}: Pick<Fault, 'status'> & Partial<Pick<Fault, 'code'>>): boolean {
  return code === NOT_A_LISTING || status === 200;
}

export function isThrottling({ code, status }: Pick<Fault, 'code' | 'status'>): boolean {
  return (
    status === 503 ||
    status === 429 ||
    /^(SlowDown|Throttl|RequestLimitExceeded|TooManyRequests|BandwidthLimitExceeded|RequestThrottled)/.test(
      code,
    )
  );
}

const PASSING_ANSWERS = new Set([
  'RequestTimeout',
  'RequestTimeoutException',
  'IncompleteBody',
  'InternalError',
]);

/** Whether no connection came about at all: a wrong address more often than a passing trouble. */
export function isUnreachable({ code }: Pick<Fault, 'code'>): boolean {
  return UNREACHABLE.has(code);
}

const UNREACHABLE = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

/** Whether no answer came within the time limits, to a request or after the beginning of a body. */
export function isSilence({ code, status }: Pick<Fault, 'code' | 'status'>): boolean {
  return status === undefined && SILENCE.has(code);
}

const SILENCE = new Set(['TimeoutError', 'ETIMEDOUT', 'ESOCKETTIMEDOUT']);

/** Connections that broke, stalled or could not be made just now. */
const BROKEN = new Set([
  'ECONNRESET',
  'ECONNABORTED',
  'ECONNREFUSED',
  'EPIPE',
  'ETIMEDOUT',
  'ESOCKETTIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETRESET',
  'EAI_AGAIN',
  'TimeoutError',
  'ERR_STREAM_PREMATURE_CLOSE',
  'SHORT_BODY',
  NOT_A_LISTING,
]);
