import type { Engine } from '../engine.js';
import { DEFAULT_PARAMETERS, parameterList, parametersOf } from './parameters.js';
import { asSnowflakeError, failed, type Reply, refused, succeeded } from './reply.js';
import { isRecord, jsonBody, type Request } from './request.js';
import type { Sessions, TokenLives } from './sessions.js';
import { authenticate, type EmulatedUser } from './users.js';

export interface LoginOptions {
  readonly engine: Engine;
  readonly users: readonly EmulatedUser[];
  readonly lives: TokenLives;
  readonly now: () => number;
}

/** Lets a user in and begins a session, with the parameters the driver has asked for. */
export async function login(request: Request, sessions: Sessions, options: LoginOptions): Promise<Reply> {
  const { engine, users, lives, now } = options;
  const { data } = jsonBody(request);
  const given = isRecord(data) ? data : {};
  const admitted = authenticate(
    users,
    {
      account: text(given.ACCOUNT_NAME) ?? '',
      user: text(given.LOGIN_NAME),
      authenticator: text(given.AUTHENTICATOR) ?? 'SNOWFLAKE',
      password: text(given.PASSWORD),
      token: text(given.TOKEN),
    },
    now(),
  );
  if ('code' in admitted) {
    const { code, message, method } = admitted;
    return refused(code, message, { nextAction: 'RETRY_LOGIN', authnMethod: method, signInOptions: {} });
  }

  const { user } = admitted;
  const parameters = parametersOf(given.SESSION_PARAMETERS);
  const named = (name: string): string | undefined => request.url.searchParams.get(name) ?? undefined;
  try {
    const opened = await engine.openSession({
      user,
      database: named('databaseName'),
      schema: named('schemaName'),
      warehouse: named('warehouse'),
      role: named('roleName'),
      parameters,
    });
    const { session, tokens } = sessions.begin(user, opened, parameters);
    const { database, schema, warehouse, role } = opened.current;
    return succeeded({
      ...tokens,
      validityInSeconds: lives.session,
      masterValidityInSeconds: lives.master,
      displayUserName: user,
      serverVersion: '9.0.0',
      sessionId: session.id,
      parameters: parameterList({ ...DEFAULT_PARAMETERS, ...parameters }),
      sessionInfo: { databaseName: database, schemaName: schema, warehouseName: warehouse, roleName: role },
      idToken: null,
      mfaToken: null,
    });
  } catch (thrown) {
    return failed(asSnowflakeError(thrown), null);
  }
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
