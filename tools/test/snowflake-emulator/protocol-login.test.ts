import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { connect, emulate, failure, PASSWORD, run } from './protocol-support.js';

const pem = { type: 'pkcs8', format: 'pem' } as const;
const pair = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
const [own, other] = [pair(), pair()];
const publicPem = (keys: typeof own) => String(keys.publicKey.export({ type: 'spki', format: 'pem' }));

describe('login by password', () => {
  test('opens a session with what the connection names', async () => {
    const { emulator, engine } = await emulate();
    const connection = await connect(emulator, {
      username: 'anna',
      database: 'analytics',
      schema: 'staging',
      warehouse: 'small',
      role: 'transformer',
    });
    expect(engine.opened).toEqual([
      {
        user: 'ANNA',
        database: 'analytics',
        schema: 'staging',
        warehouse: 'small',
        role: 'transformer',
        parameters: { CLIENT_REQUEST_MFA_TOKEN: false, CLIENT_STORE_TEMPORARY_CREDENTIAL: false },
      },
    ]);
    const { statement } = await run(connection, 'select 1');
    const state = statement.getSessionState() as Record<string, () => string>;
    const names = ['Database', 'Schema', 'Warehouse', 'Role'] as const;
    expect(names.map((name) => state[`getCurrent${name}`]?.())).toEqual([
      'analytics',
      'staging',
      'small',
      'transformer',
    ]);
  });

  test.each([
    ['a wrong password', { password: 'wrong' }],
    ['an unknown user', { username: 'BERT' }],
  ])('refuses %s', async (_, options) => {
    const { emulator, engine } = await emulate();
    const error = await failure(connect(emulator, options));
    expect([error.name, error.code, error.message]).toEqual([
      'OperationFailedError',
      '390100',
      'Incorrect username or password was specified.',
    ]);
    expect(engine.opened).toEqual([]);
  });

  test('sends the parameters it was given, and gets them back', async () => {
    const { emulator, engine } = await emulate();
    const connection = await connect(emulator, { jsTreatIntegerAsBigInt: true, queryTag: 'nightly' });
    expect(engine.opened[0]?.parameters).toMatchObject({
      JS_TREAT_INTEGER_AS_BIGINT: true,
      QUERY_TAG: 'nightly',
    });
    const { rows } = await run(connection, 'select 1');
    expect(String(rows[0]?.[0])).toBe('1');
    expect(typeof rows[0]?.[0]).not.toBe('number');
    expect(emulator.log[0]?.queryTag).toBe('nightly');
  });

  test('says what the engine has against a session', async () => {
    const { emulator } = await emulate();
    const error = await failure(connect(emulator, { role: 'NOBODY' }));
    expect([error.code, error.message]).toEqual([
      '390189',
      "Role 'NOBODY' specified in the connect string is not granted to this user.",
    ]);
  });

  test('does not find another account', async () => {
    const { emulator } = await emulate({}, { account: 'acme-test' });
    await connect(emulator);
    const error = await failure(connect(emulator, { account: 'acme-prod' }));
    expect([error.name, error.code]).toEqual(['RequestFailedError', 401002]);
  });
});

describe('login by key pair', () => {
  test('takes a token signed with a registered key, also one whose key was encrypted', async () => {
    const users = [{ name: 'ROBOT', publicKeys: [publicPem(own), publicPem(other)] }];
    const { emulator, engine } = await emulate({}, { users });
    const key = { username: 'robot', authenticator: 'SNOWFLAKE_JWT' };
    await connect(emulator, { ...key, privateKey: String(own.privateKey.export(pem)) });
    const secret = { ...pem, cipher: 'aes-256-cbc', passphrase: 'open sesame' };
    const encrypted = String(other.privateKey.export(secret));
    await connect(emulator, { ...key, privateKey: encrypted, privateKeyPass: 'open sesame' });
    expect(engine.opened.map(({ user }) => user)).toEqual(['ROBOT', 'ROBOT']);
  });

  test('refuses a key that is not registered with the user', async () => {
    const users = [
      { name: 'ROBOT', publicKeys: [publicPem(own)] },
      { name: 'OTHER', publicKeys: [publicPem(other)] },
    ];
    const { emulator } = await emulate({}, { users });
    const privateKey = String(other.privateKey.export(pem));
    const error = await failure(
      connect(emulator, { username: 'ROBOT', authenticator: 'SNOWFLAKE_JWT', privateKey }),
    );
    expect([error.code, error.message]).toEqual(['390144', 'JWT token is invalid.']);
  });

  test('refuses a token that is out of date', async () => {
    const users = [{ name: 'ROBOT', publicKeys: [publicPem(own)] }];
    const { emulator } = await emulate({}, { users, now: () => Date.now() + 121_000 });
    const privateKey = String(own.privateKey.export(pem));
    const error = await failure(
      connect(emulator, { username: 'ROBOT', authenticator: 'SNOWFLAKE_JWT', privateKey }),
    );
    expect(error.code).toBe('390144');
  });
});

describe('login by token', () => {
  test.each([
    ['PROGRAMMATIC_ACCESS_TOKEN', 'pat-of-anna'],
    ['OAUTH', 'oauth-of-anna'],
  ])('takes %s, with or without the name of its user', async (authenticator, token) => {
    const { emulator, engine } = await emulate();
    await connect(emulator, { authenticator, token });
    await connect(emulator, { authenticator, token, username: undefined, password: undefined } as object);
    expect(engine.opened.map(({ user }) => user)).toEqual(['ANNA', 'ANNA']);
  });

  test.each([
    ['PROGRAMMATIC_ACCESS_TOKEN', 'oauth-of-anna', '394400', 'Programmatic access token is invalid.'],
    ['OAUTH', 'pat-of-anna', '390303', 'Invalid OAuth access token.'],
  ])('refuses %s that was not handed out as one', async (authenticator, token, code, message) => {
    const { emulator } = await emulate();
    const error = await failure(connect(emulator, { authenticator, token }));
    expect([error.code, error.message]).toEqual([code, message]);
  });

  test('refuses the token of another user', async () => {
    const users = [
      { name: 'ANNA', password: PASSWORD },
      { name: 'BERT', oauthTokens: ['of-bert'] },
    ];
    const { emulator } = await emulate({}, { users });
    expect((await failure(connect(emulator, { authenticator: 'OAUTH', token: 'of-bert' }))).code).toBe(
      '390309',
    );
  });
});
