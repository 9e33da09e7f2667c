import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { resolveSnowflake } from '../../../src/index.js';
import { temporaryFolder } from '../../support/files.js';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const plain = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const old = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
const encrypted = privateKey
  .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'open sesame' })
  .toString();

const base = { SNOWFLAKE_ACCOUNT: 'ACME-FILMS', SNOWFLAKE_USER: 'ANNA', SNOWFLAKE_DATABASE: 'FILMS' };
const withPassword = { ...base, SNOWFLAKE_PASSWORD: 'correct horse' };

function keyFile(pem: string): string {
  const path = join(temporaryFolder(), 'key.p8');
  writeFileSync(path, pem);
  return path;
}

/** The error, which must not have any of the secrets in it. */
function failureOf(work: () => unknown, ...secrets: readonly string[]): unknown {
  try {
    work();
  } catch (error) {
    for (const secret of secrets) expect(inspect(error, { depth: 9 })).not.toContain(secret);
    return error;
  }
  return expect.fail('It did not fail.');
}

describe('options', () => {
  it('come from the environment, which wins over the target', () => {
    const env = {
      ...withPassword,
      SNOWFLAKE_ROLE: 'BUILDER',
      SNOWFLAKE_ACCESS_URL: 'https://films.example.com/',
    };
    const options = resolveSnowflake({ account: 'OTHER-ONE', role: 'READER', warehouse: 'SMALL' }, env);
    const { credentials, ...rest } = options;
    expect(rest).toEqual({
      account: 'ACME-FILMS',
      user: 'ANNA',
      role: 'BUILDER',
      warehouse: 'SMALL',
      database: 'FILMS',
      accessUrl: 'https://films.example.com',
    });
    expect([credentials.method, credentials.secret.reveal()]).toEqual(['password', 'correct horse']);
  });

  it('never show a secret when they are printed', () => {
    const options = resolveSnowflake({}, withPassword);
    for (const text of [
      inspect(options, { depth: 9, showHidden: true }),
      JSON.stringify(options),
      `${options.credentials.secret}`,
    ]) {
      expect(text).not.toContain('correct horse');
      expect(text).toContain('[secret]');
    }
  });

  it.each([
    [
      { ...withPassword, SNOWFLAKE_ACCOUNT: '' },
      "Snowflake's account is not named.",
      'Set SNOWFLAKE_ACCOUNT, or write account into the target in matinee.config.ts.',
    ],
    [{ ...withPassword, SNOWFLAKE_USER: undefined }, "Snowflake's user is not named.", 'SNOWFLAKE_USER'],
    [
      { ...withPassword, SNOWFLAKE_DATABASE: undefined },
      "Snowflake's database is not named.",
      'SNOWFLAKE_DATABASE',
    ],
    [base, 'There are no credentials for Snowflake.', 'Set one of SNOWFLAKE_PRIVATE_KEY_FILE'],
    [
      { ...withPassword, SNOWFLAKE_TOKEN: 'pat-1' },
      'SNOWFLAKE_PASSWORD and SNOWFLAKE_TOKEN are set: which of them counts?',
      'Unset all but one',
    ],
    [
      { ...base, SNOWFLAKE_PRIVATE_KEY_PASSPHRASE: 'open sesame' },
      'SNOWFLAKE_PRIVATE_KEY_PASSPHRASE is set, but there is no private key.',
      'SNOWFLAKE_PRIVATE_KEY_FILE',
    ],
    [
      { ...withPassword, SNOWFLAKE_ACCOUNT: 'https://acme-films.snowflakecomputing.com/' },
      'is no account identifier',
      'Set SNOWFLAKE_ACCOUNT to acme-films.',
    ],
    [
      { ...withPassword, SNOWFLAKE_ACCOUNT: 'ab12345.eu-west-1.snowflakecomputing.com' },
      'is no account identifier',
      'Set SNOWFLAKE_ACCOUNT to ab12345.eu-west-1.',
    ],
    [
      { ...withPassword, SNOWFLAKE_ACCOUNT: 'https://app.snowflake.com/acme/films/#/homepage' },
      'is no account identifier',
      'Set SNOWFLAKE_ACCOUNT to acme-films.',
    ],
    [
      { ...withPassword, SNOWFLAKE_ACCOUNT: '"acme-films" ' },
      'is no account identifier',
      'Set SNOWFLAKE_ACCOUNT to acme-films.',
    ],
    [
      { ...withPassword, SNOWFLAKE_ACCOUNT: 'acme films' },
      'is no account identifier',
      'Set SNOWFLAKE_ACCOUNT to ORGANIZATION-ACCOUNT',
    ],
    [
      { ...withPassword, SNOWFLAKE_DATABASE: '"FILMS"' },
      `'"FILMS"' is no name of a database.`,
      'without quotes',
    ],
    [
      { ...withPassword, SNOWFLAKE_DATABASE: 'films.public' },
      "'films.public' is no name of a database.",
      'schema',
    ],
    [{ ...withPassword, SNOWFLAKE_ACCESS_URL: 'films.example.com' }, 'access URL', 'https://HOST'],
    [
      { ...withPassword, SNOWFLAKE_ACCESS_URL: 'https://anna:correct horse@films.example.com' },
      'access URL',
      'https://HOST',
    ],
  ])('that cannot be used are refused: %#', (env, message, hint) => {
    expect(failureOf(() => resolveSnowflake({}, env), 'correct horse', 'pat-1', 'open sesame')).toMatchObject(
      {
        name: 'UsageError',
        code: 'SNOWFLAKE_OPTION',
        exitCode: 2,
        message: expect.stringContaining(message),
        hint: expect.stringContaining(hint),
      },
    );
  });

  it.each(['ACME-FILMS', 'acme-films_eu', 'ab12345', 'ab12345.eu-west-1', 'xy1.us-east-2.aws'])(
    'take account %s',
    (account) => {
      expect(resolveSnowflake({}, { ...withPassword, SNOWFLAKE_ACCOUNT: account }).account).toBe(account);
    },
  );

  it('need no user where a token knows it', () => {
    const env = { ...base, SNOWFLAKE_USER: '' };
    expect(resolveSnowflake({}, { ...env, SNOWFLAKE_TOKEN: 'pat-1' })).toMatchObject({
      credentials: { method: 'access-token' },
    });
    expect(resolveSnowflake({}, { ...env, SNOWFLAKE_OAUTH_TOKEN: 'o-1' })).toMatchObject({
      credentials: { method: 'oauth' },
    });
  });
});

describe('a private key', () => {
  const keyOf = (env: Record<string, string>, settings = {}) => {
    const { method, secret } = resolveSnowflake(settings, { ...base, ...env }).credentials;
    expect(method).toBe('key');
    return createPrivateKey(secret.reveal()).equals(privateKey);
  };

  it.each([
    ['a file', { file: plain }],
    ['a file of the older form', { file: old }],
    ['an encrypted file', { file: encrypted, SNOWFLAKE_PRIVATE_KEY_PASSPHRASE: 'open sesame' }],
    ['a variable', { SNOWFLAKE_PRIVATE_KEY: plain }],
    ['a variable on one line', { SNOWFLAKE_PRIVATE_KEY: plain.replaceAll('\n', '\\n') }],
    [
      'an encrypted variable',
      { SNOWFLAKE_PRIVATE_KEY: encrypted, SNOWFLAKE_PRIVATE_KEY_PASSPHRASE: 'open sesame' },
    ],
  ])('is read from %s', (_, env) => {
    const { file, ...rest } = env as { file?: string };
    expect(keyOf({ ...rest, ...(file && { SNOWFLAKE_PRIVATE_KEY_FILE: keyFile(file) }) })).toBe(true);
  });

  it('of the target counts where the environment has no credentials', () => {
    const settings = { privateKeyFile: keyFile(plain) };
    expect(keyOf({}, settings)).toBe(true);
    expect(resolveSnowflake(settings, withPassword).credentials.method).toBe('password');
  });

  const body = plain.split('\n')[3] as string;
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString();

  it.each([
    ['is missing', { SNOWFLAKE_PRIVATE_KEY_FILE: '/nowhere/key.p8' }, 'cannot be read: ENOENT'],
    ['is none', { SNOWFLAKE_PRIVATE_KEY: 'ssh-rsa AAAA' }, 'is no private key'],
    ['is encrypted, without a passphrase', { SNOWFLAKE_PRIVATE_KEY: encrypted }, 'is encrypted'],
    [
      'has another passphrase',
      { SNOWFLAKE_PRIVATE_KEY: encrypted, SNOWFLAKE_PRIVATE_KEY_PASSPHRASE: 'open barley' },
      'cannot be decrypted',
    ],
    ['is cut off', { SNOWFLAKE_PRIVATE_KEY: plain.replace(body, '') }, 'is damaged'],
    ['is of another kind', { SNOWFLAKE_PRIVATE_KEY: ec }, 'is no RSA key'],
  ])('that %s is told without its text', (_, env, message) => {
    expect(failureOf(() => keyOf(env as Record<string, string>), body, 'open barley')).toMatchObject({
      code: 'SNOWFLAKE_KEY',
      message: expect.stringContaining(message),
      hint: expect.stringMatching(/\.$|-----/),
    });
  });
});
