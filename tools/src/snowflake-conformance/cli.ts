/** `pnpm conformance`: tries the adapter against an account or an emulator, and says fact by fact what is so. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { messageOf, openSnowflake, resolveSnowflake } from '@matinee/core';
import { generateMovieLens } from '../movielens/index.js';
import { matrix } from './matrix.js';
import { dropProject } from './project/drop-project.js';
import { PROJECT_AREA, runProject } from './project/run-project.js';
import { allChecks, type CheckResult, runChecks } from './run-checks.js';

const HELP = `Usage: node tools/bin/snowflake-conformance.mjs [options]

Tries what Matinee relies on against the Snowflake account, or emulator, that the SNOWFLAKE_* variables name (docs/configuration.md),
and builds the whole project there and on DuckDB to compare them row by row. Works in schemas of its own, which it drops. Prints a
matrix of what holds. Exit code 1 if something is not as Matinee needs it.

  --schema <prefix>   what its schemas begin with (default: matinee_conformance)
  --films <folder>    what the project is built from: MovieLens files, not compressed (default: a generated set of 6,000 ratings)
  --area <name>       only the facts of one area; the whole project is the area '${PROJECT_AREA}'
  --json              a line of JSON per fact
  --help              this text

Examples:
  SNOWFLAKE_ACCOUNT=myorg-test SNOWFLAKE_USER=me SNOWFLAKE_TOKEN=… SNOWFLAKE_DATABASE=lab node tools/bin/snowflake-conformance.mjs
  node tools/bin/snowflake-conformance.mjs --area transactions --json
`;

const OPTIONS = {
  schema: { type: 'string', default: 'matinee_conformance' },
  films: { type: 'string' },
  area: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** The generated set that the project is built from unless films are given: small, and no mart comes out empty. */
const GENERATED = {
  ratings: 6_000,
  counts: { users: 200, movies: 200, genomeMovies: 60, genomeTags: 60 },
};

/** The target of matinee.config.ts that has the prefix of this variable. */
const TARGET = 'conformance';
const PREFIX_VARIABLE = 'MATINEE_CONFORMANCE_SCHEMA';

type Environment = Readonly<Record<string, string | undefined>>;

/** @returns the process's exit code */
export async function main(args: readonly string[], env: Environment): Promise<number> {
  try {
    const { values } = parseArgs({ args: [...args], options: OPTIONS });
    if (values.help) {
      process.stdout.write(HELP);
      return 0;
    }
    const { area, schema } = values;
    if (area !== undefined && !areas().includes(area))
      throw new Error(`There is no area '${area}': ${areas().join(', ')}.`);
    if (!/^\w+$/.test(schema))
      throw new Error(`--schema takes letters, digits and underscores, not '${schema}'.`);
    const show = values.json ? showJson : showLine;
    const { place, facts } = await tryFacts(env, area, schema, show);
    const project =
      area === undefined || area === PROJECT_AREA ? await tryProject(env, schema, values.films, show) : [];
    const results = [...facts, ...project];
    const failed = results.filter(({ failure }) => failure !== undefined).length;
    if (!values.json) {
      process.stdout.write(`\n${matrix(results, place)}`);
      process.stdout.write(`\n${place}: ${results.length - failed} of ${results.length} facts hold.\n`);
    }
    return failed === 0 ? 0 : 1;
  } catch (error) {
    process.stderr.write(`error: ${messageOf(error)}\n`);
    return 2;
  }
}

function areas(): readonly string[] {
  return [...new Set(allChecks.map(({ area }) => area)), PROJECT_AREA];
}

type Show = (result: CheckResult) => void;

async function tryFacts(env: Environment, area: string | undefined, schema: string, show: Show) {
  const warehouse = await openSnowflake({ ...resolveSnowflake({}, env), readOnly: true });
  try {
    const checks = allChecks.filter((check) => area === undefined || check.area === area);
    return { place: warehouse.place, facts: await runChecks(warehouse, checks, schema, show) };
  } finally {
    await warehouse.close();
  }
}

/** Builds the project from given or generated films, in schemas that are dropped before and afterwards. */
async function tryProject(env: Environment, schema: string, given: string | undefined, show: Show) {
  const folder = mkdtempSync(join(tmpdir(), 'matinee-films-'));
  const films = given ?? join(folder, 'films');
  const site = {
    films,
    target: TARGET,
    schemaPrefix: `${schema}_`,
    env: { ...env, [PREFIX_VARIABLE]: schema },
  };
  try {
    if (given === undefined) await generateMovieLens({ out: films, ...GENERATED });
    await dropProject(site);
    return await runProject(site, show);
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await dropProject(site);
  }
}

function showLine({ area, fact, failure }: CheckResult): void {
  const line = `${failure === undefined ? '✓' : '✗'} ${area}: ${fact}`;
  process.stdout.write(
    failure === undefined ? `${line}\n` : `${line}\n    ${failure.split('\n').join('\n    ')}\n`,
  );
}

function showJson(result: CheckResult): void {
  process.stdout.write(`${JSON.stringify({ ...result, holds: result.failure === undefined })}\n`);
}
