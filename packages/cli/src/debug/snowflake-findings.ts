import {
  openSnowflake,
  resolveSnowflake,
  type Session,
  type SnowflakeConnection,
  type SnowflakeTarget,
  withSession,
} from '@matinee/core';
import type { Context } from '../context.js';
import { formatSeconds } from '../output/numbers.js';
import { type Finding, failedFinding } from './finding.js';

/** A target on Snowflake: its settings, the driver, the login, what is in use then, and how far away it is. */
export async function* snowflakeFindings(
  { env }: Pick<Context, 'env'>,
  target: SnowflakeTarget,
  targetName: string,
  root: string,
): AsyncGenerator<Finding> {
  let connection: SnowflakeConnection;
  try {
    connection = resolveSnowflake(target, env);
  } catch (error) {
    return yield failedFinding('target', root, error);
  }
  const { account, database, user = 'the owner of the token', accessUrl } = connection;
  yield { ok: true, what: 'target', found: `${targetName}: snowflake, ${account}/${database}` };
  yield { ok: true, what: 'login', found: `${user} by ${METHODS[connection.credentials.method]}` };
  if (accessUrl !== undefined) yield { ok: true, what: 'access URL', found: accessUrl };
  // The login may hang longer than anybody looks at a screen.
  const options = { ...connection, readOnly: true, connectTimeout: 20 };
  try {
    const warehouse = await openSnowflake(options);
    yield { ok: true, what: 'driver', found: 'snowflake-sdk' };
    yield* await withSession(warehouse, currentFindings);
  } catch (error) {
    yield failedFinding('connection', root, error);
  }
}

const METHODS = {
  key: 'key pair',
  password: 'password',
  'access-token': 'programmatic access token',
  oauth: 'OAuth token',
} as const;

async function currentFindings(session: Session): Promise<readonly Finding[]> {
  const [row] = await session.query(
    'select current_version() as version, current_role() as role, current_warehouse() as warehouse, current_database() as db',
  );
  const start = performance.now();
  await session.query('select 1 as n');
  const seconds = (performance.now() - start) / 1000;
  const used = (what: string, value: unknown, variable: string): Finding => ({
    ok: value !== null && value !== undefined,
    what,
    found: String(value ?? 'none'),
    todo: value === null || value === undefined ? `set ${variable}` : undefined,
  });
  return [
    { ok: true, what: 'connection', found: `Snowflake ${row?.version}` },
    used('role', row?.role, 'SNOWFLAKE_ROLE'),
    used('warehouse', row?.warehouse, 'SNOWFLAKE_WAREHOUSE'),
    used('database', row?.db, 'SNOWFLAKE_DATABASE'),
    { ok: true, what: 'round trip', found: formatSeconds(seconds) },
  ];
}
