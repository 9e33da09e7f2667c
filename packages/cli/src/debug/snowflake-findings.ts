import {
  LEDGER_SCHEMA,
  Namer,
  openSnowflake,
  type Project,
  resolveSnowflake,
  type Session,
  type SnowflakeConnection,
  type SnowflakeTarget,
  withSession,
  writtenSchemas,
} from '@matinee/core';
import type { Context } from '../context.js';
import { formatSeconds } from '../output/numbers.js';
import { type Finding, failedFinding } from './finding.js';
import { rightsFinding, warehouseFinding } from './snowflake-rights.js';

/**
 * A target on Snowflake: its settings, the driver, the login, what is in use then, whether the role may build there, and how
 * far away it is.
 *
 * @param project undefined if there is something wrong with it
 */
export async function* snowflakeFindings(
  { env }: Pick<Context, 'env'>,
  target: SnowflakeTarget,
  targetName: string,
  root: string,
  project: Project | undefined,
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
    const names = new Namer('snowflake', target.schemaPrefix);
    const schemas = project
      ? [LEDGER_SCHEMA, ...writtenSchemas({ project })].map((name) => names.schema(name))
      : [];
    yield* await withSession(warehouse, (session) => currentFindings(session, schemas));
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

async function currentFindings(session: Session, schemas: readonly string[]): Promise<readonly Finding[]> {
  const [row] = await session.query(
    'select current_version() as version, current_role() as role, current_warehouse() as warehouse, current_database() as db',
  );
  const start = performance.now();
  await session.query('select 1 as n');
  const seconds = (performance.now() - start) / 1000;
  const [role, compute, database] = [row?.role, row?.warehouse, row?.db].map((value) =>
    value === null || value === undefined ? undefined : String(value),
  );
  return [
    { ok: true, what: 'connection', found: `Snowflake ${row?.version}` },
    used('role', role),
    compute === undefined ? used('warehouse', undefined) : await warehouseFinding(session, compute),
    used('database', database),
    ...(role !== undefined && database !== undefined
      ? [await rightsFinding(session, { role, database, schemas })]
      : []),
    { ok: true, what: 'round trip', found: formatSeconds(seconds) },
  ];
}

function used(what: 'role' | 'warehouse' | 'database', value: string | undefined): Finding {
  return value === undefined
    ? {
        ok: false,
        what,
        found: 'none',
        todo: `set SNOWFLAKE_${what.toUpperCase()}, or ${what} of the target`,
      }
    : { ok: true, what, found: value };
}
