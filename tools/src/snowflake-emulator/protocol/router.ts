/** Which address does what. */
import type { ChunkStore } from './chunks.js';
import { type LoginOptions, login } from './login.js';
import { type Answer, json, type Reply, refused, reply, succeeded } from './reply.js';
import { jsonBody, type Request, snowflakeToken } from './request.js';
import type { Session, Sessions, TokenState } from './sessions.js';
import { statementOrder } from './statement-request.js';
import { CHUNKS, type Statements } from './statements.js';
import { UPLOADS, type Uploads } from './uploads.js';

export interface Account {
  /** Others are not found, if it is named. */
  readonly name: string | undefined;
  readonly login: LoginOptions;
  readonly sessions: Sessions;
  readonly statements: Statements;
  readonly chunks: ChunkStore;
  readonly uploads: Uploads;
}

const TOKEN_REFUSALS: Readonly<Record<TokenState, readonly [code: string, message: string]>> = {
  invalid: ['390104', 'Session token is invalid.'],
  gone: ['390111', 'Session no longer exists. New login required to access the service.'],
  expired: ['390112', 'Your session has expired. Please login again.'],
};

const MASTER_EXPIRED = [
  '390114',
  'Authentication token has expired. The user must authenticate again.',
] as const;

export async function route(account: Account, request: Request): Promise<Answer> {
  const { pathname, searchParams } = request.url;
  const about = `${request.method} ${pathname}`;
  if (pathname.startsWith(`${CHUNKS}/`)) return chunk(account, request);
  if (pathname.startsWith(`${UPLOADS}/`)) return account.uploads.handle(request);
  if (about === 'POST /session/v1/login-request') {
    if (!isAccount(account, request)) return json(403, { message: 'Forbidden' });
    return reply(await login(request, account.sessions, account.login));
  }
  if (about === 'POST /session/token-request') return reply(renew(account, request));

  const query = /^\/queries\/([\da-f-]+)\/(result|abort-request)$/.exec(pathname);
  const monitored = /^\/monitoring\/queries\/([\da-f-]+)$/.exec(pathname)?.[1];
  const { statements } = account;
  if (about === 'POST /queries/v1/query-request') {
    return asSession((session) => statements.submit(session, statementOrder(request), request.url.origin));
  }
  if (about === 'POST /queries/v1/abort-request') {
    return asSession((session) =>
      statements.cancel(session, { requestId: String(jsonBody(request).requestId) }),
    );
  }
  if (query && query[2] === 'abort-request' && request.method === 'POST') {
    return asSession((session) => statements.cancel(session, { queryId: query[1]! }));
  }
  if (query && query[2] === 'result' && request.method === 'GET') {
    return asSession((session) => statements.result(session, query[1]!));
  }
  if (monitored && request.method === 'GET')
    return asSession((session) => statements.status(session, monitored));
  if (about === 'POST /session/heartbeat') return asSession(() => succeeded(null));
  if (about === 'POST /telemetry/send') return asSession(() => succeeded(null));
  if (about === 'POST /session' && searchParams.get('delete') === 'true') {
    return asSession((session) => endSession(account, session).then(() => succeeded(null)));
  }
  return json(404, { message: `The emulator has nothing at ${about}.` });

  async function asSession(handle: (session: Session) => Reply | Promise<Reply>): Promise<Answer> {
    const session = account.sessions.find(snowflakeToken(request));
    return reply(typeof session === 'string' ? refused(...TOKEN_REFUSALS[session]) : await handle(session));
  }
}

/** Forgets a session, gives up what it does, and rolls back what is open. */
export async function endSession(account: Account, session: Session): Promise<void> {
  if (!account.sessions.forget(session)) return;
  account.uploads.end(session);
  await account.statements.cancelAll(session);
  await session.engine.close();
}

function renew({ sessions, login: { lives } }: Account, request: Request): Reply {
  const session = sessions.find(snowflakeToken(request), 'master');
  if (session === 'expired') return refused(...MASTER_EXPIRED);
  if (typeof session === 'string') return refused(...TOKEN_REFUSALS[session]);
  const { token, masterToken } = sessions.renew(session);
  return succeeded({
    sessionToken: token,
    validityInSecondsST: lives.session,
    masterToken,
    validityInSecondsMT: lives.master,
    sessionId: session.id,
  });
}

function chunk({ chunks }: Account, request: Request): Answer {
  const body = chunks.read(request.url.pathname, request.headers);
  if (body === undefined) return json(404, { message: 'There is no such chunk any more.' });
  if (body === 'denied') return json(403, { message: 'The key of this chunk is another one.' });
  return { status: 200, headers: { 'content-type': 'text/plain', 'content-encoding': 'gzip' }, body };
}

function isAccount({ name }: Account, request: Request): boolean {
  if (name === undefined) return true;
  const { data } = jsonBody(request);
  const asked = typeof data === 'object' && data !== null && 'ACCOUNT_NAME' in data ? data.ACCOUNT_NAME : '';
  return String(asked).toUpperCase() === name.toUpperCase();
}
