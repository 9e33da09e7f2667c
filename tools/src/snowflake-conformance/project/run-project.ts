import { deepEqual } from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { messageOf } from '@matinee/core';
import { type ComparedRelation, compareTargets } from '../compare-targets.js';
import { connectOutside } from '../outside-connection.js';
import type { CheckResult } from '../run-checks.js';
import { changeDelivery } from './change-delivery.js';
import { buildProject, type RunCommand } from './matinee-build.js';

/** Where the whole project is built, and from what. */
export interface ProjectSite {
  /** A folder of MovieLens files in the GroupLens shape, not compressed. */
  readonly films: string;
  /** A target of matinee.config.ts on Snowflake, and the prefix of its schemas. */
  readonly target: string;
  readonly schemaPrefix: string;
  /** The SNOWFLAKE_* variables. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** How commands are run; each in a process of its own if this is left out. */
  readonly run?: RunCommand;
}

export const PROJECT_AREA = 'project';

/** What a step may use. */
interface Step {
  readonly site: ProjectSite;
  /** A copy of the films, to be changed. */
  readonly films: string;
  /** DuckDB files: one with the history of Snowflake's target, and one that is built once, at the end. */
  readonly alike: string;
  readonly fresh: string;
}

/** In this order: each goes on from the one before. */
const STEPS: Readonly<Record<string, (step: Step) => Promise<void>>> = {
  'every table and view has the rows it has on DuckDB': async ({ site, films, alike }) => {
    await buildProject('dev', films, { MATINEE_DATABASE: alike }, site.run);
    await buildProject(site.target, films, site.env, site.run);
    const compared = await compare(site, alike);
    deepEqual(different(compared), []);
    deepEqual(
      compared.filter(({ rows }) => rows === 0).map(({ relation }) => relation),
      [],
    );
  },
  'a second build has nothing to do': async ({ site, films }) => {
    const { built, reused } = await buildProject(site.target, films, site.env, site.run);
    deepEqual({ built, isReused: reused > 0 }, { built: 0, isReused: true });
  },
  'a changed delivery comes to the rows of a fresh build': async ({ site, films, alike, fresh }) => {
    changeDelivery(films);
    const { incremented, reused } = await buildProject(site.target, films, site.env, site.run);
    deepEqual(
      { isIncremented: incremented > 0, isReused: reused > 0 },
      { isIncremented: true, isReused: true },
    );
    await buildProject('dev', films, { MATINEE_DATABASE: fresh }, site.run);
    await buildProject('dev', films, { MATINEE_DATABASE: alike }, site.run);
    deepEqual(different(await compare(site, fresh, (schema) => schema !== 'snapshots')), []);
    deepEqual(different(await compare(site, alike, (schema) => schema === 'snapshots')), []);
  },
};

/** Builds the whole project on both engines, and compares them by a connection of its own. Leaves the built schemas. */
export async function runProject(
  site: ProjectSite,
  onResult: (result: CheckResult) => void,
): Promise<readonly CheckResult[]> {
  const folder = mkdtempSync(join(tmpdir(), 'matinee-conformance-'));
  const films = join(folder, 'films');
  cpSync(site.films, films, { recursive: true });
  const step = { site, films, alike: join(folder, 'alike.duckdb'), fresh: join(folder, 'fresh.duckdb') };
  const results: CheckResult[] = [];
  try {
    for (const [fact, run] of Object.entries(STEPS)) {
      const isLost = results.some(({ failure }) => failure !== undefined);
      const failure = isLost ? 'Not tried, for the step before failed.' : await failureOf(run(step));
      const result = { area: PROJECT_AREA, fact, failure };
      results.push(result);
      onResult(result);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return results;
}

async function failureOf(work: Promise<void>): Promise<string | undefined> {
  return work.then(() => undefined, messageOf);
}

function different(compared: readonly ComparedRelation[]): readonly ComparedRelation[] {
  return compared.filter(({ differences }) => differences.length > 0);
}

async function compare(
  { env, schemaPrefix }: ProjectSite,
  database: string,
  isWanted: (schema: string) => boolean = () => true,
): Promise<readonly ComparedRelation[]> {
  const instance = await DuckDBInstance.create(database, { access_mode: 'READ_ONLY' });
  const duckdb = await instance.connect();
  const snowflake = await connectOutside(env);
  try {
    return await compareTargets(duckdb, snowflake, schemaPrefix, isWanted);
  } finally {
    await snowflake.close();
    duckdb.closeSync();
    instance.closeSync();
  }
}
