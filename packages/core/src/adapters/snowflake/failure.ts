/** What the driver says of something that failed, without what may hold secrets: it hangs requests and answers on its errors. */
export interface Failure {
  /** Six digits, '' if there is none. */
  readonly code: string;
  readonly message: string;
  readonly sqlState: string | undefined;
  /** Of the HTTP answer, where that was the failure. */
  readonly status: number | undefined;
  /** Of the socket or the resolver: ENOTFOUND, ECONNREFUSED. */
  readonly network: string | undefined;
  /** In the statement, from 1 and from 0. */
  readonly line: number | undefined;
  readonly column: number | undefined;
}

export function toFailure(error: unknown): Failure {
  const { code, message, sqlState, data, response, cause } = fields(error);
  const { line, pos } = fields(data);
  const text = typeof message === 'string' ? message : String(error);
  const status =
    fields(response).status ?? fields(response).statusCode ?? fields(fields(cause).response).status;
  return {
    code: code === undefined ? '' : String(code).padStart(6, '0'),
    message: text,
    sqlState: typeof sqlState === 'string' ? sqlState : undefined,
    status: typeof status === 'number' ? status : undefined,
    network: /\bE[A-Z_]{4,}\b/.exec(`${fields(cause).code ?? ''} ${code ?? ''} ${text}`)?.[0],
    ...place(line, pos, text),
  };
}

/** Some errors name their place in the text alone. */
function place(line: unknown, pos: unknown, text: string): Pick<Failure, 'line' | 'column'> {
  if (typeof line === 'number' && typeof pos === 'number' && line >= 1 && pos >= 0)
    return { line, column: pos };
  const named = /\bline (\d+) at position (\d+)/.exec(text);
  return { line: named ? Number(named[1]) : undefined, column: named ? Number(named[2]) : undefined };
}

/** The session is gone: ended by an administrator, idle for too long, or its tokens can no longer be renewed. */
export function isSessionGone({ code }: Failure): boolean {
  return ['390111', '390104', '390114', '407001', '407002'].includes(code);
}

/** Nothing was heard, or nothing that Snowflake says. The driver has tried again by then. */
export function isNetworkFailure({ code, status }: Failure): boolean {
  return code.startsWith('401') || (code.startsWith('402') && status !== 403) || status !== undefined;
}

function fields(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
