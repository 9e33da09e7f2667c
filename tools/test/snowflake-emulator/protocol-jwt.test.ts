import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { fingerprint, isSignedFor } from '../../src/snowflake-emulator/protocol/jwt.js';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = String(publicKey.export({ type: 'spki', format: 'pem' }));
const NOW = Date.parse('2026-01-01T00:00:00Z');

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const claims = {
  iss: `ACME.ROBOT.${fingerprint(publicKey)}`,
  sub: 'ACME.ROBOT',
  iat: NOW / 1000,
  exp: NOW / 1000 + 60,
};

function token(payload: object, header: object = { alg: 'RS256', typ: 'JWT' }): string {
  const text = `${encoded(header)}.${encoded(payload)}`;
  return `${text}.${sign('sha256', Buffer.from(text), privateKey).toString('base64url')}`;
}

const accepted = (given: string): boolean => isSignedFor(given, 'acme', 'robot', [pem], NOW);

describe('a token', () => {
  test('with times in seconds is taken as one in milliseconds is', () => {
    expect(accepted(token(claims))).toBe(true);
    expect(accepted(token({ ...claims, iat: NOW, exp: NOW + 60_000 }))).toBe(true);
  });

  test.each([
    ['that has ended', token({ ...claims, exp: NOW / 1000 })],
    ['that begins later', token({ ...claims, iat: NOW / 1000 + 120 })],
    ['without an end', token({ ...claims, exp: undefined })],
    ['for another user', token({ ...claims, sub: 'ACME.OTHER' })],
    ['for another account', token({ ...claims, sub: 'OTHER.ROBOT' })],
    ['issued for another key', token({ ...claims, iss: 'ACME.ROBOT.SHA256:AAAA' })],
    ['that says it needs no signature', token(claims, { alg: 'none' })],
    ['with a changed claim', swapped(token(claims), encoded({ ...claims, exp: NOW / 1000 + 999 }))],
    ['without a signature', token(claims).split('.').slice(0, 2).join('.')],
    ['that is none', 'a.b.c'],
  ])('%s is refused', (_, given) => {
    expect(accepted(given)).toBe(false);
  });

  test('signed with the public key as a secret is refused', () => {
    const text = `${encoded({ alg: 'HS256' })}.${encoded(claims)}`;
    expect(accepted(`${text}.${createHmac('sha256', pem).update(text).digest('base64url')}`)).toBe(false);
  });
});

function swapped(given: string, payload: string): string {
  const [header, , signature] = given.split('.');
  return [header, payload, signature].join('.');
}
