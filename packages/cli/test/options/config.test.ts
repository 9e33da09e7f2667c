import { checkConfig } from '@matinee/core';
import { describe, expect, it } from 'vitest';

const dev = { type: 'duckdb', path: 'target/x.duckdb' };

describe('a configuration', () => {
  it('is taken as it is if every key is known and fits', () => {
    const config = {
      targets: {
        dev: { ...dev, schemaPrefix: '', memoryLimit: '2GB', temporaryFolder: '/tmp', engineThreads: 4 },
      },
      defaultTarget: 'dev',
      source: 'data',
      variables: { since: null },
      threads: 2,
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
      "'targets.dev.type' takes 'duckdb', not \"oracle\".",
    ],
    [{ targets: { dev: { type: 'duckdb' } } }, 'CONFIG_VALUE', "Target 'dev' lacks 'targets.dev.path'."],
    [{ targets: { dev }, threads: 0 }, 'CONFIG_VALUE', "'threads' takes a whole number above 0, not 0."],
  ])('is refused as wrong usage, naming the key: %j', (config, code, message) => {
    expect(() => checkConfig(config)).toThrow(expect.objectContaining({ code, message, exitCode: 2 }));
  });
});
