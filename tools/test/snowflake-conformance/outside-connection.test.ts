import { generateKeyPairSync } from 'node:crypto';
import { expect, it, onTestFinished } from 'vitest';
import { connectOutside } from '../../src/snowflake-conformance/outside-connection.js';
import { DuckDbEngine } from '../../src/snowflake-emulator/engine/index.js';
import { startEmulator } from '../../src/snowflake-emulator/server.js';

const passphrase = 'open sesame';
const { publicKey, privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase },
});

it.each([
  ['a password', { SNOWFLAKE_PASSWORD: 'secret' }],
  ['an access token', { SNOWFLAKE_TOKEN: 'pat' }],
  ['an OAuth token', { SNOWFLAKE_OAUTH_TOKEN: 'oauth' }],
  [
    'an encrypted key',
    {
      SNOWFLAKE_PRIVATE_KEY: privateKey.replaceAll('\n', '\\n'),
      SNOWFLAKE_PRIVATE_KEY_PASSPHRASE: passphrase,
    },
  ],
])('connects with %s', async (_, credentials) => {
  const engine = await DuckDbEngine.open({ databases: ['LAB'] });
  const user = {
    name: 'ANNA',
    password: 'secret',
    publicKeys: [publicKey],
    accessTokens: ['pat'],
    oauthTokens: ['oauth'],
  };
  const emulator = await startEmulator({ engine, users: [user] });
  onTestFinished(async () => {
    await emulator.close();
    await engine.close();
  });
  const outside = await connectOutside({
    SNOWFLAKE_ACCOUNT: 'ACME-TEST',
    SNOWFLAKE_USER: 'ANNA',
    SNOWFLAKE_ACCESS_URL: emulator.url,
    ...credentials,
  });
  expect(await outside.rows("select 'a' as x")).toEqual([['a']]);
  await outside.close();
});
