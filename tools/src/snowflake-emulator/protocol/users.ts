/** Who may log in, and with what. */
import { isSignedFor } from './jwt.js';

export interface EmulatedUser {
  readonly name: string;
  readonly password?: string;
  /** In PEM; two may be registered, so that keys can be exchanged. */
  readonly publicKeys?: readonly string[];
  readonly accessTokens?: readonly string[];
  readonly oauthTokens?: readonly string[];
}

/** The `data` of a login request, as far as it says who logs in. */
export interface LoginRequest {
  readonly account: string;
  readonly user: string | undefined;
  readonly authenticator: string;
  readonly password: string | undefined;
  readonly token: string | undefined;
}

export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly method: string;
}

/** The user's name in upper case, or why nobody is let in. */
export function authenticate(
  users: readonly EmulatedUser[],
  request: LoginRequest,
  now: number,
): { readonly user: string } | Refusal {
  const { account, authenticator, password, token } = request;
  const named = users.find(({ name }) => name.toUpperCase() === request.user?.toUpperCase());
  switch (authenticator) {
    case 'SNOWFLAKE':
      return named && password !== undefined && named.password === password
        ? admitted(named)
        : {
            code: '390100',
            message: 'Incorrect username or password was specified.',
            method: 'USERNAME_PASSWORD',
          };
    case 'SNOWFLAKE_JWT':
      return named && token && isSignedFor(token, account, named.name, named.publicKeys ?? [], now)
        ? admitted(named)
        : { code: '390144', message: 'JWT token is invalid.', method: 'KEYPAIR' };
    case 'PROGRAMMATIC_ACCESS_TOKEN':
      return holder('accessTokens', {
        code: '394400',
        message: 'Programmatic access token is invalid.',
        method: 'PAT',
      });
    case 'OAUTH':
      return holder('oauthTokens', {
        code: '390303',
        message: 'Invalid OAuth access token.',
        method: 'OAUTH',
      });
    default:
      return {
        code: '390100',
        message: `The emulator does not know the authenticator ${authenticator}: use SNOWFLAKE, SNOWFLAKE_JWT, PROGRAMMATIC_ACCESS_TOKEN or OAUTH.`,
        method: authenticator,
      };
  }

  function holder(
    kind: 'accessTokens' | 'oauthTokens',
    invalid: Refusal,
  ): { readonly user: string } | Refusal {
    const owner = users.find((user) => token !== undefined && user[kind]?.includes(token));
    if (!owner) return invalid;
    if (request.user === undefined || owner === named) return admitted(owner);
    const message =
      'The user you were trying to authenticate as differs from the user tied to the access token.';
    return { ...invalid, code: '390309', message };
  }
}

const admitted = (user: EmulatedUser): { readonly user: string } => ({ user: user.name.toUpperCase() });
