import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { DuckDbEngine, folderBuckets } from '../../src/snowflake-emulator/engine/index.js';
import { startEmulator } from '../../src/snowflake-emulator/server.js';
import { temporaryFolder } from '../support.js';
import { copyFilms, hasRealData } from './films.js';
import { accountOf, type Builds, build, compare } from './support.js';

/** Milliseconds for builds on both targets and the comparison of every row. */
const timeout = 300_000;

/** Under which no mart is empty. */
const allRatings = { ratings_since: null, min_tag_movies: 2 };

/** The films in a folder that an emulator sees as `s3://films/ml`, and a DuckDB file. */
async function prepare(): Promise<Builds & { readonly folder: string }> {
  const place = temporaryFolder();
  const folder = join(place, 'films/ml');
  await copyFilms(folder);
  const engine = await DuckDbEngine.open({ databases: ['FILMS'], stageFiles: folderBuckets(place) });
  const emulator = await startEmulator({ engine, users: [{ name: 'ANNA', password: 'secret' }] });
  onTestFinished(async () => {
    await emulator.close();
    await engine.close();
  });
  return { folder, database: join(place, 'films.duckdb'), env: accountOf(emulator.url) };
}

async function expectSame(builds: Builds, empty: readonly string[]): Promise<void> {
  const compared = await compare(builds);
  expect(compared.filter(({ differences }) => differences.length > 0)).toEqual([]);
  expect(compared.length).toBe(37);
  expect(compared.filter(({ rows }) => rows === 0).map(({ relation }) => relation)).toEqual(empty);
}

describe.skipIf(!hasRealData)('the whole project has the same rows on Snowflake as on DuckDB', () => {
  it('from local files, and then from a bucket with other variables', { timeout }, async () => {
    const builds = await prepare();
    await build(builds, 'dev', builds.folder, {});
    await build(builds, 'snowflake', builds.folder, {});
    await expectSame(builds, ['content.cube_tag_movies', 'content.fct_tag_performance']);
    await build(builds, 'dev', builds.folder, allRatings);
    await build(builds, 'snowflake', 's3://films/ml', allRatings);
    await expectSame(builds, []);
  });
});
