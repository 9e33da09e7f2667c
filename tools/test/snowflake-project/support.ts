/** The whole project, built by the command line on DuckDB and on Snowflake. */
import { type ComparedRelation, compareTargets } from '../../src/snowflake-conformance/compare-targets.js';
import { connectOutside } from '../../src/snowflake-conformance/outside-connection.js';
import { runNode } from '../warehouse/command-line.js';
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

/** Builds on one of the targets. @throws with what the command printed if it fails. */
export async function build(
  { database, env }: Builds,
  target: 'dev' | 'snowflake',
  source: string,
  vars: object,
): Promise<string> {
  const args = ['build', '--target', target, '--source', source, '--vars', JSON.stringify(vars)];
  return runNode('packages/cli/bin/matinee.mjs', args, { ...env, MATINEE_DATABASE: database });
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
