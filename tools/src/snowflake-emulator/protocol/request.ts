import type { IncomingMessage } from 'node:http';
import { gunzipSync } from 'node:zlib';

/** A request as the handlers see it. */
export interface Request {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
  /** How long a statement is to take before it begins, in milliseconds. */
  readonly delay?: number;
}

/** @param origin scheme, host and port the client has used, for the addresses that answers name. */
export async function readRequest(message: IncomingMessage, origin: string): Promise<Request> {
  const pieces: Buffer[] = [];
  for await (const piece of message) pieces.push(piece as Buffer);
  return {
    method: message.method ?? 'GET',
    url: new URL(message.url ?? '/', origin),
    headers: message.headers,
    body: Buffer.concat(pieces),
  };
}

/** Of bodies that were read before: a request is looked at more than once, and unpacking takes longer than most statements. */
const known = new WeakMap<Buffer, Readonly<Record<string, unknown>>>();

/** The body as a JSON object, whether it was compressed or not; an empty one where there is none. */
export function jsonBody({ body }: Request): Readonly<Record<string, unknown>> {
  const value = known.get(body) ?? parsed(body);
  known.set(body, value);
  return value;
}

function parsed(body: Buffer): Readonly<Record<string, unknown>> {
  const gzipped = body[0] === 0x1f && body[1] === 0x8b;
  const text = (gzipped ? gunzipSync(body) : body).toString();
  const value: unknown = text.trim() === '' ? {} : JSON.parse(text);
  return isRecord(value) ? value : {};
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The token of an `Authorization: Snowflake Token="…"` header. */
export function snowflakeToken(request: Request): string | undefined {
  return /^Snowflake Token="(.*)"$/.exec(String(request.headers.authorization ?? ''))?.[1];
}
