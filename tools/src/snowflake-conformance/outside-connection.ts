import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Connection, ConnectionOptions } from 'snowflake-sdk';

/** A row as texts and nulls, whatever the columns' types. */
export type TextRow = readonly (string | null)[];

/** A connection that shares nothing with Matinee's adapter but the driver. */
export interface OutsideConnection {
  /** @param sql a query all of whose columns are texts */
  rows(sql: string): Promise<readonly TextRow[]>;
  close(): Promise<void>;
}

/** Read by the driver as it is loaded: no look for clouds, no native library, no report, no warning. */
const QUIET = {
  SNOWFLAKE_DISABLE_PLATFORM_DETECTION: 'true',
  SNOWFLAKE_DISABLE_MINICORE: '1',
  SF_TELEMETRY_DISABLE_CONNECTION_SHAPE: '1',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
} as const;

type Environment = Readonly<Record<string, string | undefined>>;

/** Connects as the SNOWFLAKE_* variables say. @throws what the driver says. */
export async function connectOutside(env: Environment): Promise<OutsideConnection> {
  for (const [name, value] of Object.entries(QUIET)) process.env[name] ??= value;
  const { default: driver } = await import('snowflake-sdk');
  driver.configure({ logLevel: 'OFF' });
  const connection = driver.createConnection({
    account: env.SNOWFLAKE_ACCOUNT ?? '',
    ...(env.SNOWFLAKE_USER && { username: env.SNOWFLAKE_USER }),
    ...(env.SNOWFLAKE_ROLE && { role: env.SNOWFLAKE_ROLE }),
    ...(env.SNOWFLAKE_WAREHOUSE && { warehouse: env.SNOWFLAKE_WAREHOUSE }),
    ...(env.SNOWFLAKE_DATABASE && { database: env.SNOWFLAKE_DATABASE }),
    ...(env.SNOWFLAKE_ACCESS_URL && { accessUrl: env.SNOWFLAKE_ACCESS_URL }),
    ...credentialsOf(env),
  });
  await new Promise<void>((resolve, reject) => {
    connection.connect((error) => (error ? reject(error) : resolve()));
  });
  return {
    rows: (sql) => query(connection, sql),
    close: () => new Promise((resolve) => connection.destroy(() => resolve())),
  };
}

function credentialsOf(env: Environment): Partial<ConnectionOptions> {
  const { SNOWFLAKE_TOKEN: token, SNOWFLAKE_OAUTH_TOKEN: oauth, SNOWFLAKE_PRIVATE_KEY_FILE: file } = env;
  if (token) return { authenticator: 'PROGRAMMATIC_ACCESS_TOKEN', token };
  if (oauth) return { authenticator: 'OAUTH', token: oauth };
  const pem = file ? readFileSync(file, 'utf8') : env.SNOWFLAKE_PRIVATE_KEY?.replaceAll('\\n', '\n');
  if (!pem) return { password: env.SNOWFLAKE_PASSWORD ?? '' };
  const passphrase = env.SNOWFLAKE_PRIVATE_KEY_PASSPHRASE;
  const key = createPrivateKey({ key: pem, ...(passphrase && { passphrase }) });
  const privateKey = key.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { authenticator: 'SNOWFLAKE_JWT', privateKey };
}

function query(connection: Connection, sqlText: string): Promise<readonly TextRow[]> {
  return new Promise((resolve, reject) => {
    connection.execute({
      sqlText,
      rowMode: 'array',
      complete: (error, _statement, rows) =>
        error ? reject(error) : resolve((rows ?? []) as unknown as TextRow[]),
    });
  });
}
