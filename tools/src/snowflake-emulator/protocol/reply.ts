/** Answers as Snowflake gives them: HTTP 200, and in the body whether it went well. */
import { SnowflakeError } from '../engine.js';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

export interface Reply {
  readonly success: boolean;
  readonly code: string | null;
  readonly message: string | null;
  readonly data: unknown;
}

export const json = (status: number, body: unknown): Answer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

export const reply = (body: Reply): Answer => json(200, body);

export const succeeded = (data: unknown): Reply => ({ success: true, code: null, message: null, data });

export const refused = (code: string, message: string, data: unknown = null): Reply => ({
  success: false,
  code,
  message,
  data,
});

/** A statement that failed, and where, if the engine says so. */
export function failed({ code, sqlState, message, position }: SnowflakeError, queryId: string | null): Reply {
  return refused(code, message, {
    internalError: false,
    errorCode: code,
    age: 0,
    sqlState,
    queryId,
    line: position?.line ?? -1,
    pos: position?.column ?? -1,
    type: position ? 'COMPILATION' : 'EXECUTION',
  });
}

/** What an engine throws that is no error of Snowflake's is a fault of the emulator, and is not hidden. */
export function asSnowflakeError(thrown: unknown): SnowflakeError {
  if (thrown instanceof SnowflakeError) return thrown;
  const text = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  return new SnowflakeError('300002', 'XX000', `The emulator failed: ${text}`);
}
