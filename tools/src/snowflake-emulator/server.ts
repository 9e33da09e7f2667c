/** The emulator's server: speaks to drivers over HTTP, and leaves SQL to the engine it is given. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Engine } from './engine.js';
import { SnowflakeError } from './engine.js';
import { type ChunkSizes, ChunkStore } from './protocol/chunks.js';
import { CONTROL, control } from './protocol/control.js';
import { type Fault, Faults } from './protocol/faults.js';
import type { LoggedStatement } from './protocol/log.js';
import { type Answer, failed, json, reply } from './protocol/reply.js';
import { jsonBody, type Request, readRequest, snowflakeToken } from './protocol/request.js';
import { type Account, endSession, route } from './protocol/router.js';
import { Sessions, type TokenLives } from './protocol/sessions.js';
import { Statements } from './protocol/statements.js';
import { Uploads } from './protocol/uploads.js';
import type { EmulatedUser } from './protocol/users.js';
import { EXACT_DIGITS } from './protocol/values.js';

export interface EmulatorOptions {
  /** Executes the statements. It is not closed with the emulator. */
  readonly engine: Engine;
  readonly users: readonly EmulatedUser[];
  /** The account's name; if it is left out, any will do. */
  readonly account?: string;
  /** 0, a free one, if it is left out. */
  readonly port?: number;
  /** How long an answer is held back for a statement that still runs, in milliseconds; 45 seconds as Snowflake does. */
  readonly patience?: number;
  readonly tokenLives?: TokenLives;
  readonly chunkSizes?: ChunkSizes;
  /** Significant digits of doubles in results; 17, which lose nothing, if it is left out. Accounts have been seen to send fewer. */
  readonly realDigits?: number;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

export interface Emulator {
  /** What a driver takes as `accessUrl`. */
  readonly url: string;
  /** The statements that have come, the oldest first. */
  readonly log: readonly LoggedStatement[];
  /** The sessions that are open. */
  readonly sessions: readonly OpenSession[];
  fault(fault: Fault): void;
  clearFaults(): void;
  /** Gives up what runs, ends all sessions and connections. */
  close(): Promise<void>;
}

/** A session that has not ended. */
export interface OpenSession {
  readonly id: number;
  readonly user: string;
  readonly isInTransaction: boolean;
}

const DEFAULTS = {
  patience: 45_000,
  tokenLives: { session: 3600, master: 14_400 },
  chunkSizes: { inline: 100_000, chunk: 1_000_000, key: 'chunkHeaders' },
  realDigits: EXACT_DIGITS,
} as const;

/** Longer than drivers keep an idle connection: none is closed under a request. */
const KEEP_ALIVE_MS = 65_000;

export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  const {
    engine,
    users,
    patience,
    tokenLives: lives,
    chunkSizes,
    realDigits,
    now,
  } = { ...DEFAULTS, now: Date.now, ...options };
  const chunks = new ChunkStore(chunkSizes);
  const uploads = new Uploads();
  const account: Account = {
    name: options.account,
    login: { engine, users, lives, now },
    sessions: new Sessions(lives, now),
    statements: new Statements({ patience, chunks, uploads, realDigits }),
    chunks,
    uploads,
  };
  const faults = new Faults();
  const server = createServer((message, response) => void serve(message, response));
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  await new Promise<void>((listening, reject) => {
    server.once('error', reject).listen(options.port ?? 0, '127.0.0.1', listening);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const request = await readRequest(message, url);
      if (request.url.pathname.startsWith(`${CONTROL}/`))
        return send(response, await control(request, faults, account));
      const session = account.sessions.find(snowflakeToken(request));
      const fault = faults.take({
        path: request.url.pathname,
        sql: statementText(request),
        session: typeof session === 'object' ? session.id : undefined,
      });
      if (fault) return await befall(fault, request, message, response);
      send(response, await route(account, request));
    } catch (error) {
      send(response, json(400, { message: error instanceof Error ? error.message : String(error) }));
    }
  }

  async function befall(
    fault: Fault,
    request: Request,
    message: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const session = account.sessions.find(snowflakeToken(request));
    switch (fault.kind) {
      case 'unavailable':
        return send(response, json(fault.status ?? 503, { message: 'Service unavailable' }));
      case 'reset':
        message.socket.resetAndDestroy();
        return;
      case 'lost-answer':
        await route(account, request);
        message.socket.resetAndDestroy();
        return;
      case 'hang':
        return;
      case 'slow':
        return send(response, await route(account, { ...request, delay: fault.milliseconds ?? 1_000 }));
      case 'token-expired':
        if (typeof session === 'object') account.sessions.expire(session);
        break;
      case 'session-gone':
        if (typeof session === 'object') await endSession(account, session);
        break;
      case 'error': {
        const { code = '000603', sqlState = 'XX000', message: text = 'SQL execution internal error' } = fault;
        return send(response, reply(failed(new SnowflakeError(code, sqlState, text), null)));
      }
    }
    send(response, await route(account, request));
  }

  return {
    url,
    get log() {
      return account.statements.log;
    },
    get sessions() {
      return account.sessions.open.map(({ id, user, engine: { isInTransaction = false } }) => ({
        id,
        user,
        isInTransaction,
      }));
    },
    fault: (fault) => faults.add(fault),
    clearFaults: () => faults.clear(),
    async close() {
      await Promise.all(account.sessions.open.map((session) => endSession(account, session)));
      const closed = new Promise((done) => server.close(done));
      server.closeAllConnections();
      await closed;
    },
  };
}

function statementText(request: Request): string | undefined {
  if (request.url.pathname !== '/queries/v1/query-request') return undefined;
  const { sqlText } = jsonBody(request);
  return typeof sqlText === 'string' ? sqlText : undefined;
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  if (response.destroyed) return;
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  response.end(response.req.method === 'HEAD' ? undefined : body);
}
