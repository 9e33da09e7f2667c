/** The whole project, built by the command line on DuckDB and on Snowflake. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ComparedRelation, compareTargets } from '../../src/snowflake-conformance/compare-targets.js';
import { connectOutside } from '../../src/snowflake-conformance/outside-connection.js';
import { runMatinee } from '../warehouse/command-line.js';
import { reading } from '../warehouse/compare.js';

/** A build of the project on both targets. */
export interface Builds {
  /** The DuckDB file. */
  readonly database: string;
  /** Variables that name the Snowflake. */
  readonly env: Readonly<Record<string, string>>;
}

/** Variables for an emulator with a user ANNA and a database FILMS. */
export function accountOf(url: string): Readonly<Record<string, string>> {
  return {
    SNOWFLAKE_ACCOUNT: 'ACME-TEST',
    SNOWFLAKE_USER: 'ANNA',
    SNOWFLAKE_PASSWORD: 'secret',
    SNOWFLAKE_DATABASE: 'FILMS',
    SNOWFLAKE_WAREHOUSE: 'COMPUTE_WH',
    SNOWFLAKE_ACCESS_URL: url,
  };
}

type Target = 'dev' | 'snowflake';

/** Builds on one of the targets. @throws with what the command printed if it fails. */
export function build(builds: Builds, target: Target, source: string, vars: object): Promise<string> {
  return matinee(builds, ['build', '--target', target, '--source', source, '--vars', JSON.stringify(vars)]);
}

/** Writes the site of one of the targets to a folder. @returns what its pages read, by file name. */
export async function buildSite(
  builds: Builds,
  target: Target,
  folder: string,
  vars: object,
): Promise<ReadonlyMap<string, Buffer>> {
  await matinee(builds, [
    'site',
    'build',
    '--target',
    target,
    '--out',
    folder,
    '--vars',
    JSON.stringify(vars),
  ]);
  const data = join(folder, 'data');
  return new Map(readdirSync(data).map((name) => [name, readFileSync(join(data, name))]));
}

function matinee({ database, env }: Builds, args: readonly string[]): Promise<string> {
  return runMatinee([...args], { ...env, MATINEE_DATABASE: database });
}

/** Every relation of both targets, with what differs. */
export async function compare({ database, env }: Builds): Promise<readonly ComparedRelation[]> {
  const snowflake = await connectOutside(env);
  try {
    return await reading(database, (duckdb) => compareTargets(duckdb, snowflake, ''));
  } finally {
    await snowflake.close();
  }
}
