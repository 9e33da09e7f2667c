import { type Config, sql } from '@matinee/core';
import { describe, expect, it } from 'vitest';
import { resolveSettings, type SettingsInput } from '../../src/options/settings.js';

const config: Config = {
  targets: {
    dev: { type: 'duckdb', path: 'target/dev.duckdb', temporaryFolder: 'target/spill' },
    prod: { type: 'duckdb', path: '/data/prod.duckdb' },
  },
  source: 'data',
  variables: { a: 1, b: 1, c: 1 },
  threads: 3,
};

const settings = (options: SettingsInput['options'], env: Record<string, string> = {}, other = config) =>
  resolveSettings({ options, env, config: other, cwd: '/shop/sub', root: '/shop' });

describe('settings', () => {
  it('come from the configuration, relative to the root', () => {
    expect(settings({})).toEqual({
      targetName: 'dev',
      place: '/shop/target/dev.duckdb',
      loadFolder: '/shop/target/dev.duckdb.tmp-load',
      target: { type: 'duckdb', path: '/shop/target/dev.duckdb', temporaryFolder: '/shop/target/spill' },
      source: '/shop/data',
      s3: {},
      variables: { a: 1, b: 1, c: 1 },
      threads: 3,
      nodeTimeout: undefined,
      onRunStart: [],
      onRunEnd: [],
    });
  });

  it('of a target win over those of the configuration, and lose to options and environment', () => {
    const target = { type: 'duckdb', path: 'x.duckdb' } as const;
    const both: Config = {
      targets: {
        dev: target,
        prod: { ...target, variables: { b: 2, c: 2, d: 2 }, threads: 5, nodeTimeout: 60 },
      },
      variables: { a: 1, b: 1, c: 1, d: 1 },
      threads: 3,
      nodeTimeout: 9,
    };
    const env = { MATINEE_VARS: '{"c":3,"d":3}' };
    expect(settings({ target: 'prod', vars: '{"d":4}' }, env, both)).toMatchObject({
      variables: { a: 1, b: 2, c: 3, d: 4 },
      threads: 5,
      nodeTimeout: 60,
    });
    expect(settings({ target: 'prod', threads: 8 }, {}, both).threads).toBe(8);
    expect(settings({}, {}, both)).toMatchObject({ variables: both.variables, threads: 3, nodeTimeout: 9 });
  });

  it('of a target on Snowflake say where it is, by the environment first, and take no file from it', () => {
    const targets = {
      dev: { type: 'snowflake', account: 'ACME-ONE', database: 'FILMS', privateKeyFile: 'keys/me.p8' },
    } as const;
    const env = { SNOWFLAKE_ACCOUNT: 'ACME-TWO', MATINEE_DATABASE: 'x.duckdb' };
    expect(settings({}, env, { targets })).toMatchObject({
      target: { ...targets.dev, privateKeyFile: '/shop/keys/me.p8' },
      place: 'ACME-TWO/FILMS',
      loadFolder: '/shop/target/dev.tmp-load',
    });
    expect(settings({}, {}, { targets: { dev: { type: 'snowflake' } } }).place).toBe('Snowflake/?');
  });

  it('hand on what is to be done when a run begins and ends', () => {
    const hooks = { onRunStart: [sql`select 1`], onRunEnd: [() => undefined] };
    expect(settings({}, {}, { ...config, ...hooks })).toMatchObject(hooks);
  });

  it('name the published file relative to the root, and none where the environment names another file', () => {
    const published: Config = {
      targets: { dev: { type: 'duckdb', path: 'target/dev.duckdb', published: 'target/dashboards.duckdb' } },
    };
    expect(settings({}, {}, published).target).toMatchObject({ published: '/shop/target/dashboards.duckdb' });
    expect(settings({}, { MATINEE_DATABASE: 'x.duckdb' }, published).target).toEqual({
      type: 'duckdb',
      path: '/shop/sub/x.duckdb',
    });
  });

  it.each([
    ['dev.duckdb', 'dev'],
    ['./target/../dev.duckdb', 'dev'],
    ['/shop/prod.duckdb', 'prod'],
  ])('refuse to publish to %s, the file that a target is built in', (published, owner) => {
    const targets: Config['targets'] = {
      dev: { type: 'duckdb', path: 'dev.duckdb', published },
      prod: { type: 'duckdb', path: 'prod.duckdb' },
    };
    expect(() => settings({}, {}, { targets })).toThrow(
      expect.objectContaining({
        code: 'CONFIG_VALUE',
        exitCode: 2,
        message: `'targets.dev.published' is the file that target '${owner}' is built in.`,
      }),
    );
  });

  it('are overruled by the environment, relative to the current folder', () => {
    const found = settings(
      {},
      { MATINEE_TARGET: 'prod', MATINEE_DATABASE: 'x.duckdb', MATINEE_SOURCE: '../y' },
    );
    expect(found).toMatchObject({
      targetName: 'prod',
      target: { path: '/shop/sub/x.duckdb' },
      source: '/shop/y',
    });
  });

  it('are overruled most by options', () => {
    const env = { MATINEE_TARGET: 'prod', MATINEE_SOURCE: 'y' };
    expect(settings({ target: 'dev', source: 'z', threads: 8 }, env)).toMatchObject({
      targetName: 'dev',
      source: '/shop/sub/z',
      threads: 8,
    });
  });

  it('take variables one by one from the strongest place that names them', () => {
    expect(settings({ vars: '{"a":3}' }, { MATINEE_VARS: '{"a":2,"b":2}' }).variables).toEqual({
      a: 3,
      b: 2,
      c: 1,
    });
  });

  it('leave addresses of buckets as they are', () => {
    expect(settings({ source: 's3://bucket/prefix' }).source).toBe('s3://bucket/prefix');
  });

  it('reach buckets as the environment says, then as the configuration does', () => {
    const s3 = { region: 'eu-west-3', endpoint: 'http://a', anonymous: true, requesterPays: false };
    expect(settings({}, {}, { ...config, s3 }).s3).toEqual(s3);
    const env = {
      MATINEE_S3_REGION: 'us-east-1',
      MATINEE_S3_ENDPOINT: 'http://b',
      MATINEE_S3_ANONYMOUS: '0',
      MATINEE_S3_REQUESTER_PAYS: 'true',
    };
    const other = { region: 'us-east-1', endpoint: 'http://b', anonymous: false, requesterPays: true };
    expect(settings({}, env, { ...config, s3 }).s3).toEqual(other);
    expect(settings({}, { MATINEE_S3_ANONYMOUS: '', MATINEE_S3_REGION: '' }).s3).toEqual({});
  });

  it.each(['MATINEE_S3_ANONYMOUS', 'MATINEE_S3_REQUESTER_PAYS'] as const)(
    'take yes and no in %s by any of their names, and nothing else',
    (name) => {
      const key = name === 'MATINEE_S3_ANONYMOUS' ? 'anonymous' : 'requesterPays';
      const read = (text: string) => settings({}, { [name]: text }).s3[key];
      expect(['1', 'true', 'YES', 'True'].map(read)).toEqual([true, true, true, true]);
      expect(['0', 'false', 'no', 'FALSE'].map(read)).toEqual([false, false, false, false]);
      for (const text of ['maybe', 'on', ' ', '2']) {
        expect(() => read(text)).toThrow(
          expect.objectContaining({
            code: 'USAGE',
            exitCode: 2,
            message: `${name} takes 1, true or yes, or 0, false or no, not '${text}'.`,
          }),
        );
      }
    },
  );

  it('name no source where none is named', () => {
    expect(settings({}, {}, { targets: config.targets }).source).toBeUndefined();
  });

  it('refuse a target that is not configured, naming those that are', () => {
    expect(() => settings({ target: 'prd' })).toThrow(
      expect.objectContaining({
        code: 'TARGET_UNKNOWN',
        exitCode: 2,
        hint: 'matinee.config.ts has: dev, prod.',
      }),
    );
  });

  it.each([
    ['{bad', /--vars is no JSON: /],
    ['[1]', /no JSON object/],
    ['null', /no JSON object/],
  ])('refuse variables that are no JSON object: %s', (vars, message) => {
    expect(() => settings({ vars })).toThrow(
      expect.objectContaining({ code: 'VARS_JSON', exitCode: 2, message: expect.stringMatching(message) }),
    );
  });
});
