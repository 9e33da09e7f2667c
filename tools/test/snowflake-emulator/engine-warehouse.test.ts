import { resolve } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { gatherProject, type Project } from '@matinee/core';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildDag } from '../../../packages/core/src/graph/dag.js';
import { compileNode, renderPublished } from '../../../packages/core/src/materialize/compile.js';
import { createEmptySource } from '../../../packages/core/src/materialize/empty-source.js';
import { Namer } from '../../../packages/core/src/materialize/names.js';
import { createSeed } from '../../../packages/core/src/materialize/seed.js';
import { snapshotSelect } from '../../../packages/core/src/materialize/snapshot.js';
import { createTable } from '../../../packages/core/src/materialize/table.js';
import { Relation } from '../../../packages/core/src/nodes/relation.js';
import { Seed } from '../../../packages/core/src/nodes/seed.js';
import { Snapshot } from '../../../packages/core/src/nodes/snapshot.js';
import { Source } from '../../../packages/core/src/nodes/source.js';
import { isEphemeral } from '../../../packages/core/src/project/render-query.js';
import { checkVariables } from '../../../packages/core/src/project/variables.js';
import type { Dialect } from '../../../packages/core/src/sql/dialect.js';
import { projectTests } from '../../../packages/core/src/testing/project-tests.js';
import { toValue } from '../../src/snowflake-emulator/engine/rows.js';
import { openEngine, type TestSession } from './engine-session.js';

/** The same small delivery for both engines. */
const RAW: Readonly<Record<string, readonly string[]>> = {
  raw_movies: [
    "1, 'One (1999)', 'Drama|Comedy| Drama'",
    "2, 'Two', '(no genres listed)'",
    "3, 'Three', '|Sci-Fi||'",
  ],
  raw_ratings: Array.from(
    { length: 60 },
    (_, index) =>
      `${(index % 7) + 1}, ${(index % 3) + 1}, ${(index % 9) / 2 + 0.5}, '20${10 + (index % 9)}-0${(index % 9) + 1}-11 1${index % 10}:00:0${index % 7}'`,
  ),
  raw_tags: [
    "1, 1, 'Funny ', '2015-01-02 03:04:05'",
    "2, 1, 'funny', '2015-01-03 00:00:00'",
    "2, 3, 'dark', '2016-01-03 00:00:00'",
  ],
  raw_links: ["1, '0000001', 11", "2, '0000002', null"],
  raw_genome_tags: ["1, 'funny'", "2, 'dark'"],
  raw_genome_scores: ['1, 1, 0.75', '1, 2, 0.5', '3, 2, 0.25'],
};

/** When histories are begun. */
const NOW = new Date('2026-01-01T00:00:00Z');

async function loadWarehouse(): Promise<Project> {
  const domains = ['staging', 'audience', 'content', 'recommendation'];
  const packages = await Promise.all(
    domains.map(async (domain) => ({
      package: `@matinee/models-${domain}`,
      domain,
      folder: resolve(`packages/models-${domain}`),
      exports: (await import(`../../../packages/models-${domain}/src/warehouse.ts`)) as Record<
        string,
        unknown
      >,
    })),
  );
  return gatherProject(resolve('.'), packages);
}

/** Builds every relation as a table from its SQL in one dialect. */
async function build(
  project: Project,
  dialect: Dialect,
  run: (sql: string) => Promise<unknown>,
): Promise<Namer> {
  const names = new Namer(dialect);
  const variables = checkVariables(project, {});
  for (const schema of new Set(project.relations().map(({ schema }) => schema)))
    await run(`create schema if not exists ${names.quote(schema)}`);
  for (const name of buildDag(project).inOrder([...project.nodes.keys()])) {
    const node = project.get(name);
    const { declaration } = node;
    if (!(declaration instanceof Relation) || isEphemeral(node)) continue;
    const table = names.inSchema(node.schema, node.name);
    if (declaration instanceof Source) {
      for (const statement of createEmptySource(table, declaration, dialect)) await run(statement);
      const columns = Object.keys(declaration.columns).map((column) => names.quote(column));
      await run(`insert into ${table} (${columns.join(', ')}) values (${RAW[node.name]!.join('), (')})`);
    } else if (declaration instanceof Seed) {
      for (const statement of createSeed(table, declaration, dialect)) await run(statement);
    } else {
      const select = compileNode(project, node, names, variables);
      const query =
        declaration instanceof Snapshot
          ? snapshotSelect({ snapshot: declaration, published: undefined, select, now: NOW, dialect })
          : select;
      for (const statement of createTable(table, query, dialect)) await run(statement);
    }
  }
  return names;
}

describe("the warehouse's own SQL", () => {
  let project: Project;
  let snowflake: TestSession;
  let names: Namer;

  beforeAll(async () => {
    project = await loadWarehouse();
    snowflake = await openEngine();
    names = await build(project, 'snowflake', snowflake.run);
  });

  test('gives the same rows as on DuckDB, table for table', async () => {
    const duck = await (await DuckDBInstance.create(':memory:')).connect();
    const duckNames = await build(project, 'duckdb', (sql) => duck.run(sql));
    let compared = 0;
    for (const node of project.relations()) {
      if (isEphemeral(node)) continue;
      const ours = await snowflake.rows(`select * from ${names.inSchema(node.schema, node.name)}`);
      const theirs = (
        await duck.runAndReadAll(`select * from ${duckNames.inSchema(node.schema, node.name)}`)
      ).getRows();
      const canonical = (rows: readonly (readonly unknown[])[]) =>
        rows
          .map((row) =>
            row
              .map((value) =>
                typeof value === 'number' && !Number.isInteger(value) ? value.toPrecision(10) : String(value),
              )
              .join('\t'),
          )
          .sort();
      expect(canonical(ours), node.name).toEqual(canonical(theirs.map((row) => row.map(toValue))));
      compared++;
    }
    expect(compared).toBeGreaterThan(20);
  });

  test('every data test runs', async () => {
    const variables = checkVariables(project, {});
    const tests = projectTests(project, buildDag(project));
    for (const one of tests)
      await snowflake
        .run(
          `select count(*) as failures from (${renderPublished(project, one.query, names, variables)}\n) as failing`,
        )
        .catch((error: Error) => expect.fail(`${one.name}: ${error.message}`));
    expect(tests.length).toBeGreaterThan(100);
  });

  test('every analysis runs', async () => {
    for (const node of project.analyses())
      expect(
        (await snowflake.rows(compileNode(project, node, names, checkVariables(project, {})))).length,
      ).toBeGreaterThanOrEqual(0);
  });
});
