/** The warehouse's packages and the engine, in this process. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { stripTypes } from '../../packages/cli/bin/strip-types.mjs';
import { root } from '../run.mjs';
import { openEmulator } from './emulator.mjs';

const DOMAINS = ['staging', 'audience'];
const folderOf = (name) => join(root, 'packages', name);
const load = (folder, file = 'index.js') => import(pathToFileURL(join(folder, 'dist', file)).href);

/**
 * Loads core, ingest and the domains, and gathers the project.
 *
 * @param {{ isSnowflake: boolean }} options whether the warehouses that are changed step by step are on our emulator of
 *   Snowflake; what they are compared with is on DuckDB in any case
 */
export async function openEngine({ isSnowflake }) {
  const [core, ingest] = [folderOf('core'), folderOf('ingest')];
  const domains = DOMAINS.map((domain) => ({ domain, folder: folderOf(`models-${domain}`) }));
  await stripTypes([core, ingest, ...domains.map(({ folder }) => folder)]);
  const { buildDag, build, gatherProject, openDuckDb } = await load(core);
  const { createLoader, createSnowflakeLoader } = await load(ingest);
  const snowflake = isSnowflake ? await openEmulator(await load(core)) : undefined;
  const loaderFor = (warehouse, folder) =>
    warehouse.dialect === 'duckdb'
      ? createLoader(folder)
      : createSnowflakeLoader(folder, { warehouse, schema: '_matinee', temporaryFolder: folder });
  const openFresh = () => openDuckDb({ path: ':memory:', engineThreads: 1 });
  const packages = [];
  for (const { domain, folder } of domains)
    packages.push({
      package: `@matinee/models-${domain}`,
      domain,
      folder,
      exports: await load(folder, 'warehouse.js'),
    });
  const dag = buildDag(gatherProject(root, packages));
  return {
    /** What is compared: every table that a query makes. */
    tables: dag.project
      .relations()
      .filter(({ declaration }) => ['table', 'incremental'].includes(declaration.materialized?.type))
      .map(({ name, schema, declaration }) => ({
        name,
        relation: `${schema}.${name}`,
        key: declaration.key,
        isIncremental: declaration.materialized.type === 'incremental',
      })),
    openWarehouse: () => snowflake?.openWarehouse() ?? openFresh(),
    openFresh,
    close: async () => snowflake?.close(),
    build: (warehouse, folder, options) =>
      build({
        dag,
        warehouse,
        command: 'build',
        loader: loaderFor(warehouse, folder),
        threads: 1,
        ...options,
      }),
  };
}
