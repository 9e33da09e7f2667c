import { readFileSync } from 'node:fs';
import { messageOf, UsageError } from '../../errors.js';
import { readPrivateKey } from './private-key.js';
import { Secret } from './secret.js';

/** What a user proves himself with. A private key is PEM text without a passphrase. */
export interface Credentials {
  readonly method: 'key' | 'password' | 'access-token' | 'oauth';
  readonly secret: Secret;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Each variable that holds a secret, or leads to one, and what it is good for. */
const METHODS = {
  SNOWFLAKE_PRIVATE_KEY_FILE: 'key',
  SNOWFLAKE_PRIVATE_KEY: 'key',
  SNOWFLAKE_PASSWORD: 'password',
  SNOWFLAKE_TOKEN: 'access-token',
  SNOWFLAKE_OAUTH_TOKEN: 'oauth',
} as const;

const PASSPHRASE = 'SNOWFLAKE_PRIVATE_KEY_PASSPHRASE';

/**
 * Takes credentials from the environment, or the key file that the target names if the environment has none.
 *
 * @throws UsageError SNOWFLAKE_OPTION if there is none or more than one, SNOWFLAKE_KEY if the key cannot be read.
 */
export function resolveCredentials(env: Environment, configuredKeyFile: string | undefined): Credentials {
  const given = (Object.keys(METHODS) as (keyof typeof METHODS)[]).filter((name) => env[name]);
  if (given.length > 1) {
    throw new UsageError('SNOWFLAKE_OPTION', `${given.join(' and ')} are set: which of them counts?`, {
      hint: 'Unset all but one of them.',
    });
  }
  const [name] = given;
  const keyFile = env.SNOWFLAKE_PRIVATE_KEY_FILE || (name ? undefined : configuredKeyFile);
  const pem = keyFile ? readKeyFile(keyFile) : env.SNOWFLAKE_PRIVATE_KEY;
  if (pem) {
    const place = keyFile ?? 'SNOWFLAKE_PRIVATE_KEY';
    return { method: 'key', secret: new Secret(readPrivateKey(pem, env[PASSPHRASE], place)) };
  }
  if (env[PASSPHRASE]) {
    throw new UsageError('SNOWFLAKE_OPTION', `${PASSPHRASE} is set, but there is no private key.`, {
      hint: 'Set SNOWFLAKE_PRIVATE_KEY_FILE or SNOWFLAKE_PRIVATE_KEY, or unset it.',
    });
  }
  if (name === undefined) {
    throw new UsageError('SNOWFLAKE_OPTION', 'There are no credentials for Snowflake.', {
      hint: 'Set one of SNOWFLAKE_PRIVATE_KEY_FILE, SNOWFLAKE_PRIVATE_KEY, SNOWFLAKE_PASSWORD, SNOWFLAKE_TOKEN and SNOWFLAKE_OAUTH_TOKEN.',
    });
  }
  return { method: METHODS[name], secret: new Secret(env[name] as string) };
}

function readKeyFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError('SNOWFLAKE_KEY', `The private key cannot be read: ${messageOf(error)}`, {
      location: { file: path },
      hint: 'Let SNOWFLAKE_PRIVATE_KEY_FILE, or privateKeyFile of the target, name a file that this user may read.',
    });
  }
}
