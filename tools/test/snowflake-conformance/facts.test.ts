import { openSnowflake, resolveSnowflake } from '@matinee/core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { allChecks, runChecks } from '../../src/snowflake-conformance/run-checks.js';
import { DuckDbEngine } from '../../src/snowflake-emulator/engine/index.js';
import { startEmulator } from '../../src/snowflake-emulator/server.js';
import { hasFakesnow, openFakesnow } from '../fakesnow.js';

/** The facts that do not hold of whatever answers there. */
async function failing(url: string): Promise<readonly string[]> {
  const warehouse = await openSnowflake({
    ...resolveSnowflake(
      {},
      {
        SNOWFLAKE_ACCOUNT: 'ACME-TEST',
        SNOWFLAKE_USER: 'ANNA',
        SNOWFLAKE_PASSWORD: 'secret',
        SNOWFLAKE_DATABASE: 'LAB',
        SNOWFLAKE_ACCESS_URL: url,
      },
    ),
    readOnly: true,
  });
  onTestFinished(() => warehouse.close());
  const results = await runChecks(warehouse, allChecks, 'facts', () => undefined);
  return results.filter(({ failure }) => failure !== undefined).map(({ fact }) => fact);
}

describe('what the adapter relies on', () => {
  it('holds on our emulator', async () => {
    const engine = await DuckDbEngine.open({ databases: ['LAB'] });
    onTestFinished(() => engine.close());
    const emulator = await startEmulator({ engine, users: [{ name: 'ANNA', password: 'secret' }] });
    onTestFinished(() => emulator.close());
    expect(await failing(emulator.url)).toEqual([]);
  });

  it.skipIf(!hasFakesnow)('holds on fakesnow, but for what is known', async () => {
    expect(await failing(await openFakesnow())).toEqual([
      'integers keep their 38 digits',
      'tables and views of a schema are listed with their comments',
      'columns are described',
      'two tables trade names',
      'a view that is replaced can be brought back by its definition',
      'a merge with a key that comes twice fails',
      'DDL commits what was open before it',
      'a syntax error says where',
      'a division by zero fails',
      'a running statement can be stopped, and its session goes on',
      'texts are hashed to the same numbers everywhere',
      'sets of rows that differ alike in every row have another HASH_AGG',
    ]);
  });

  it.skipIf(!hasFakesnow)('holds on fakesnow with what it lacks, but for what is known', async () => {
    expect(await failing(await openFakesnow({ complete: true }))).toEqual([
      'tables and views of a schema are listed with their comments',
      'a view that is replaced can be brought back by its definition',
      'a merge with a key that comes twice fails',
      'DDL commits what was open before it',
      'a syntax error says where',
      'a division by zero fails',
      'a running statement can be stopped, and its session goes on',
    ]);
  });
});
