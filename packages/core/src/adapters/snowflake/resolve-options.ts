import { UsageError } from '../../errors.js';
import { resolveCredentials } from './credentials.js';
import type { SnowflakeConnection } from './options.js';

/** What a target may say of its connection; the variables of the environment win over it. No secrets. */
export interface SnowflakeSettings {
  readonly account?: string;
  readonly user?: string;
  readonly role?: string;
  readonly warehouse?: string;
  readonly database?: string;
  readonly privateKeyFile?: string;
  readonly accessUrl?: string;
}

type Setting = 'account' | 'user' | 'role' | 'warehouse' | 'database' | 'accessUrl';

const VARIABLES: Readonly<Record<Setting, string>> = {
  account: 'SNOWFLAKE_ACCOUNT',
  user: 'SNOWFLAKE_USER',
  role: 'SNOWFLAKE_ROLE',
  warehouse: 'SNOWFLAKE_WAREHOUSE',
  database: 'SNOWFLAKE_DATABASE',
  accessUrl: 'SNOWFLAKE_ACCESS_URL',
};

/**
 * What environment and target come to. Names are as their owner created them without quotes, in any case, so `accountadmin`
 * is ACCOUNTADMIN.
 *
 * @throws UsageError SNOWFLAKE_OPTION for what is missing, malformed or contradictory; SNOWFLAKE_KEY.
 */
export function resolveSnowflake(
  settings: SnowflakeSettings,
  env: Readonly<Record<string, string | undefined>>,
): SnowflakeConnection {
  const optional = (key: Setting) => env[VARIABLES[key]] || settings[key] || undefined;
  const required = (key: Setting) => optional(key) ?? missing(key);
  const account = checkAccount(required('account'));
  const database = checkDatabase(required('database'));
  const [role, warehouse] = [optional('role'), optional('warehouse')];
  const credentials = resolveCredentials(env, settings.privateKeyFile);
  const needsUser = credentials.method === 'key' || credentials.method === 'password';
  const user = needsUser ? required('user') : optional('user');
  const accessUrl = optional('accessUrl');
  if (accessUrl !== undefined) checkUrl(accessUrl);
  return {
    account,
    ...(user !== undefined && { user }),
    ...(role !== undefined && { role }),
    ...(warehouse !== undefined && { warehouse }),
    database,
    credentials,
    ...(accessUrl !== undefined && { accessUrl: accessUrl.replace(/\/+$/, '') }),
  };
}

function missing(key: Setting): never {
  throw new UsageError('SNOWFLAKE_OPTION', `Snowflake's ${key} is not named.`, {
    hint: `Set ${VARIABLES[key]}, or write ${key} into the target in matinee.config.ts.`,
  });
}

/** People paste what their browser shows. */
function checkAccount(account: string): string {
  if (/^[a-z0-9_-]+(\.[a-z0-9_-]+)*$/i.test(account) && !/\.snowflakecomputing\./i.test(`${account}.`)) {
    return account;
  }
  const likely = likelyAccount(account);
  throw new UsageError('SNOWFLAKE_OPTION', `'${account}' is no account identifier.`, {
    hint: likely
      ? `Set SNOWFLAKE_ACCOUNT to ${likely}.`
      : 'Set SNOWFLAKE_ACCOUNT to ORGANIZATION-ACCOUNT, as it stands in the account menu.',
  });
}

/** What is meant by an account's host, by the address of a page of its, or by the two names with something else between. */
function likelyAccount(text: string): string | undefined {
  const [, host] = /^(?:https?:\/\/)?([a-z0-9_.-]+)\.snowflakecomputing\./i.exec(text) ?? [];
  if (host !== undefined) return host;
  const [, organization, name] =
    /^\W*(?:(?:https?:\/\/)?app\.snowflake\.com\/)?([a-z][a-z0-9]*)(?:[/-])([a-z]\w*)(?:\/.*|\W*)$/i.exec(
      text,
    ) ?? [];
  return organization === undefined ? undefined : `${organization}-${name}`;
}

/** A database is made without quotes: Matinee writes its name in capital letters. */
function checkDatabase(database: string): string {
  if (!/["'.\s]/.test(database)) return database;
  throw new UsageError('SNOWFLAKE_OPTION', `'${database}' is no name of a database.`, {
    hint: 'Set SNOWFLAKE_DATABASE to the name alone, without quotes, schema or blanks. Names with small letters in them, made in quotes, cannot be used.',
  });
}

function checkUrl(url: string): void {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed && /^https?:$/.test(parsed.protocol) && !parsed.username && !parsed.password) return;
  throw new UsageError('SNOWFLAKE_OPTION', "Snowflake's access URL is none that can be used.", {
    hint: 'Set SNOWFLAKE_ACCESS_URL to https://HOST, without a user or a password in it, or leave it out.',
  });
}
