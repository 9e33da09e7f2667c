import { checkConfig, sql } from '@matinee/core';
import { describe, expect, it } from 'vitest';

const dev = { type: 'duckdb', path: 'target/x.duckdb' };

describe('a configuration', () => {
  it('is taken as it is if every key is known and fits', () => {
    const config = {
      targets: {
        dev: { ...dev, schemaPrefix: '', memoryLimit: '2GB', temporaryFolder: '/tmp', engineThreads: 4 },
        prod: {
          ...dev,
          published: 'target/published.duckdb',
          schemaPrefix: 'Live_2',
          maxSpill: '1.5 TiB',
          variables: { since: '2010-01-01' },
          threads: 8,
          nodeTimeout: 0.5,
        },
        shared: {
          type: 'snowflake',
          account: 'ACME-FILMS',
          user: 'ANNA',
          role: 'BUILDER',
          warehouse: 'SMALL',
          database: 'FILMS',
          schemaPrefix: 'anna_',
          privateKeyFile: 'keys/anna.p8',
          accessUrl: 'https://films.example.com',
          threads: 4,
        },
      },
      defaultTarget: 'dev',
      source: 'data',
      s3: { region: 'eu-west-3', endpoint: 'http://127.0.0.1:9000', anonymous: true, requesterPays: false },
      variables: { since: null },
      threads: 2,
      nodeTimeout: 3600,
      onRunStart: [sql`create schema if not exists audit`, () => undefined, async () => undefined],
      onRunEnd: [],
    };
    expect(checkConfig(config)).toBe(config);
  });

  it.each([
    [undefined, 'CONFIG_VALUE', 'The configuration is no object.'],
    [{}, 'CONFIG_VALUE', "The configuration lacks 'targets'."],
    [{ targets: { dev }, sources: 'x' }, 'CONFIG_KEY', "The configuration has an unknown key 'sources'."],
    [
      { targets: { dev: { ...dev, file: 1 } } },
      'CONFIG_KEY',
      "Target 'dev' has an unknown key 'targets.dev.file'.",
    ],
    [
      { targets: { dev: { ...dev, type: 'oracle' } } },
      'CONFIG_VALUE',
      "'targets.dev.type' takes 'duckdb' or 'snowflake', not \"oracle\".",
    ],
    [{ targets: { dev: { type: 'duckdb' } } }, 'CONFIG_VALUE', "Target 'dev' lacks 'targets.dev.path'."],
    [
      { targets: { dev: { type: 'snowflake', path: 'x.duckdb' } } },
      'CONFIG_KEY',
      "Target 'dev' has an unknown key 'targets.dev.path'.",
    ],
    [
      { targets: { dev: { type: 'snowflake', password: 'correct horse' } } },
      'CONFIG_KEY',
      "Target 'dev' has an unknown key 'targets.dev.password'.",
    ],
    [
      { targets: { dev: { type: 'snowflake', account: 7 } } },
      'CONFIG_VALUE',
      "'targets.dev.account' takes a text, not 7.",
    ],
    [{ targets: { dev }, s3: { bucket: 'x' } }, 'CONFIG_KEY', "'s3' has an unknown key 's3.bucket'."],
    [
      { targets: { dev }, s3: { anonymous: 1 } },
      'CONFIG_VALUE',
      "'s3.anonymous' takes true or false, not 1.",
    ],
    [{ targets: { dev }, threads: 0 }, 'CONFIG_VALUE', "'threads' takes a whole number above 0, not 0."],
    [
      { targets: { dev }, nodeTimeout: Number.NaN },
      'CONFIG_VALUE',
      "'nodeTimeout' takes a number of seconds above 0, not NaN.",
    ],
    [
      { targets: { dev }, onRunStart: ['drop table x'] },
      'CONFIG_VALUE',
      "'onRunStart' takes a list of functions and sql`…`, not [ 'drop table x' ].",
    ],
    [
      { targets: { dev }, onRunEnd: () => undefined },
      'CONFIG_VALUE',
      "'onRunEnd' takes a list of functions and sql`…`, not [Function: onRunEnd].",
    ],
  ])('is refused as wrong usage, naming the key: %j', (config, code, message) => {
    expect(() => checkConfig(config)).toThrow(expect.objectContaining({ code, message, exitCode: 2 }));
  });

  it.each([
    ['published', '', 'a text, not "".'],
    ['schemaPrefix', 'dev-', 'letters, digits and underscores, not "dev-".'],
    ['memoryLimit', '2', 'a size such as 500MB, 2GB or 1.5TiB, not "2".'],
    ['maxSpill', '90%', 'a size such as 500MB, 2GB or 1.5TiB, not "90%".'],
    ['maxSpill', 2e9, 'a size such as 500MB, 2GB or 1.5TiB, not 2000000000.'],
    ['variables', [], 'an object, not [].'],
    ['threads', 1.5, 'a whole number above 0, not 1.5.'],
    ['nodeTimeout', 0, 'a number of seconds above 0, not 0.'],
  ])('is refused for a target’s %s of %j', (key, value, expected) => {
    expect(() => checkConfig({ targets: { dev: { ...dev, [key]: value } } })).toThrow(
      expect.objectContaining({
        code: 'CONFIG_VALUE',
        message: `'targets.dev.${key}' takes ${expected}`,
        exitCode: 2,
      }),
    );
  });
});
