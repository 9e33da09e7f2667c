import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runInHost } from '../../../packages/cli/test/support/host.js';
import { temporaryFolder } from '../../../packages/core/test/support/files.js';
import { runProject } from '../../src/snowflake-conformance/project/run-project.js';
import { DuckDbEngine } from '../../src/snowflake-emulator/engine/index.js';
import { startEmulator } from '../../src/snowflake-emulator/server.js';
import { hasFakesnow, openFakesnow } from '../fakesnow.js';
import { copyFilms, FEW, hasRealData } from '../films.js';
import { accountOf } from './support.js';

/** Milliseconds for five builds and the comparison of every row, twice. */
const timeout = 300_000;

/** What does not hold of the project where a Snowflake answers. */
async function failures(env: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const films = join(temporaryFolder(), 'films');
  await copyFilms(films, FEW);
  const site = { films, target: 'snowflake', schemaPrefix: '', env, run: runInHost };
  const results = await runProject(site, () => undefined);
  expect(results.length).toBe(3);
  return results.flatMap(({ fact, failure }) => (failure === undefined ? [] : [`${fact}: ${failure}`]));
}

describe.skipIf(!hasRealData)('the project is built, built again and brought up to date as on DuckDB', () => {
  it('by our emulator', { timeout }, async () => {
    const engine = await DuckDbEngine.open({ databases: ['FILMS'] });
    const emulator = await startEmulator({ engine, users: [{ name: 'ANNA', password: 'secret' }] });
    onTestFinished(async () => {
      await emulator.close();
      await engine.close();
    });
    expect(await failures(accountOf(emulator.url))).toEqual([]);
  });

  it.skipIf(!hasFakesnow)('by fakesnow, with what it lacks', { timeout }, async () => {
    const { SNOWFLAKE_WAREHOUSE: _, ...env } = accountOf(await openFakesnow({ complete: true }));
    expect(await failures(env)).toEqual([]);
  });
});
