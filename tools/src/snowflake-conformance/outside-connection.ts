import type { Connection } from 'snowflake-sdk';

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

/** Connects as the SNOWFLAKE_* variables say, by password or access token. @throws what the driver says. */
export async function connectOutside(
  env: Readonly<Record<string, string | undefined>>,
): Promise<OutsideConnection> {
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
    ...(env.SNOWFLAKE_TOKEN
      ? { authenticator: 'PROGRAMMATIC_ACCESS_TOKEN', token: env.SNOWFLAKE_TOKEN }
      : { password: env.SNOWFLAKE_PASSWORD ?? '' }),
  });
  await new Promise<void>((resolve, reject) => {
    connection.connect((error) => (error ? reject(error) : resolve()));
  });
  return {
    rows: (sql) => query(connection, sql),
    close: () => new Promise((resolve) => connection.destroy(() => resolve())),
  };
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
