import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../../../packages/core/test/support/files.js';
import { DuckDbEngine, folderBuckets } from '../../src/snowflake-emulator/engine/index.js';
import { startEmulator } from '../../src/snowflake-emulator/server.js';
import { copyFilms, hasRealData, MANY } from '../films.js';
import { accountOf, type Builds, build, buildSite, compare } from './support.js';

/** Milliseconds for builds on both targets and the comparison of every row. */
const timeout = 300_000;

/** Under which no mart is empty. */
const allRatings = { ratings_since: null, min_tag_movies: 2 };

/** The films in a folder that an emulator sees as `s3://films/ml`, and a DuckDB file. */
async function prepare(): Promise<Builds & { readonly folder: string }> {
  const place = temporaryFolder();
  const folder = join(place, 'films/ml');
  await copyFilms(folder, MANY);
  const engine = await DuckDbEngine.open({ databases: ['FILMS'], stageFiles: folderBuckets(place) });
  const emulator = await startEmulator({ engine, users: [{ name: 'ANNA', password: 'secret' }] });
  onTestFinished(async () => {
    await emulator.close();
    await engine.close();
  });
  return { folder, database: join(place, 'films.duckdb'), env: accountOf(emulator.url) };
}

describe.skipIf(!hasRealData)('the whole project has the same rows on Snowflake as on DuckDB', () => {
  // What a first build from local files gives is compared where the two emulators are.
  it('from a bucket, where it was built from local files with other variables before, and the same site', {
    timeout,
  }, async () => {
    const builds = await prepare();
    for (const target of ['dev', 'snowflake'] as const) await build(builds, target, builds.folder, {});
    await build(builds, 'dev', builds.folder, allRatings);
    await build(builds, 'snowflake', 's3://films/ml', allRatings);
    const compared = await compare(builds);
    expect(compared.filter(({ differences }) => differences.length > 0)).toEqual([]);
    expect(compared.length).toBe(37);
    expect(compared.filter(({ rows }) => rows === 0)).toEqual([]);

    const site = (target: 'dev' | 'snowflake') =>
      buildSite(builds, target, join(temporaryFolder(), 'site'), allRatings);
    const [ours, theirs] = [await site('dev'), await site('snowflake')];
    expect(ours.size).toBe(11);
    expect([...theirs.keys()]).toEqual([...ours.keys()]);
    const differing = [...ours].filter(([name, content]) => !content.equals(theirs.get(name)!));
    // It says when each target was built.
    expect(differing.map(([name]) => name)).toEqual(['cube_recommendation_history.parquet.gz']);
  });
});
