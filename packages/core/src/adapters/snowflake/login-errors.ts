import { WarehouseError } from '../../errors.js';
import { type Failure, isNetworkFailure } from './failure.js';
import type { SnowflakeConnection } from './options.js';

/** Why nobody was let in, with what to do about it. */
export function loginError(failure: Failure, options: SnowflakeConnection): WarehouseError {
  const { code, message } = failure;
  const said = oneLine(message);
  if (isNetworkFailure(failure)) return unreachable(failure, options);
  if (
    /^(390189|390186|390187)$/.test(code) ||
    /\brole\b.*(not granted|not exist|not authorized)/i.test(said)
  ) {
    const user = options.user ?? 'the user';
    return new WarehouseError(
      'SNOWFLAKE_ROLE',
      `Role ${options.role ?? '(default)'} cannot be used: ${said}`,
      {
        hint: `Set SNOWFLAKE_ROLE to a role of ${user}, or have it granted: grant role ${options.role ?? 'ROLE'} to user ${user}.`,
      },
    );
  }
  if (/multi-?factor|\bmfa\b|passcode|duo\b/i.test(said) || /^(39012[0-7]|394508)$/.test(code)) {
    return new WarehouseError(
      'SNOWFLAKE_MFA',
      `Snowflake wants a second factor, which no build can give: ${said}`,
      {
        hint: 'Use a key pair (SNOWFLAKE_PRIVATE_KEY_FILE) or a programmatic access token (SNOWFLAKE_TOKEN).',
      },
    );
  }
  if (/^(390420|390422|390432|394501)$/.test(code) || /network policy|IP.*not allowed/i.test(said)) {
    return new WarehouseError(
      'SNOWFLAKE_NETWORK_POLICY',
      `A network policy keeps this machine out: ${said}`,
      {
        hint: "Go through the company's network, or have an administrator add this address to the network policy.",
      },
    );
  }
  return new WarehouseError('SNOWFLAKE_CREDENTIALS', `Snowflake did not let ${who(options)} in: ${said}`, {
    hint: HINTS[options.credentials.method],
  });
}

const HINTS = {
  key: 'See that the public key is registered (desc user NAME shows its fingerprint), that SNOWFLAKE_ACCOUNT and SNOWFLAKE_USER are right, and that the clock of this machine is: keys are refused from a minute off.',
  password:
    'See SNOWFLAKE_USER, SNOWFLAKE_PASSWORD and SNOWFLAKE_ACCOUNT; users that run builds are best given a key pair.',
  'access-token':
    'See that SNOWFLAKE_TOKEN is whole, not expired and for SNOWFLAKE_ROLE, and make a new one if need be.',
  oauth: 'Get a new token for SNOWFLAKE_OAUTH_TOKEN: they live for some minutes.',
} as const;

/** No answer, or none of Snowflake's: a wrong account, no network, a proxy, an outage. */
export function unreachable({ status, network }: Failure, options: SnowflakeConnection): WarehouseError {
  const host = hostOf(options);
  if (network === 'ENOTFOUND' || status === 403 || status === 404) {
    const why = status === undefined ? `there is no host ${host}` : `${host} answers with HTTP ${status}`;
    // What the account menu copies for SQL has a point between the two names.
    const [, organization, name] = /^([a-z][a-z0-9]*)\.([a-z]\w*)$/i.exec(options.account) ?? [];
    const form = organization === undefined ? 'ORGANIZATION-ACCOUNT' : `${organization}-${name}`;
    return new WarehouseError('SNOWFLAKE_ACCOUNT', `There is no account '${options.account}': ${why}.`, {
      hint: `Set SNOWFLAKE_ACCOUNT to ${form}, as it stands in the account menu; older forms need the region: abc123.eu-west-3.aws.`,
    });
  }
  const why = network ?? (status === undefined ? 'no answer' : `HTTP ${status}`);
  return new WarehouseError('WAREHOUSE_UNREACHABLE', `${host} cannot be reached (${why}).`, {
    hint: 'See that this machine may connect to it, through its proxy if it has one, and look at status.snowflake.com.',
  });
}

export function hostOf({ account, accessUrl }: SnowflakeConnection): string {
  return accessUrl === undefined ? `${account}.snowflakecomputing.com` : new URL(accessUrl).host;
}

const who = ({ user, credentials }: SnowflakeConnection) =>
  user ?? (credentials.method === 'oauth' ? 'the owner of the OAuth token' : 'the owner of the token');

/** What Snowflake says, on one line. */
export function oneLine(message: string): string {
  return message.replace(/\s+/g, ' ').trim();
}
