/** Loads through the real driver and the emulator, beside the same loads in DuckDB. */
import { join } from 'node:path';
import { openDuckDb, openSnowflake, Secret, type Session, type Source, type Warehouse } from '@matinee/core';
import { createLoader, createSnowflakeLoader } from '@matinee/ingest';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from '../../../packages/core/test/support/files.js';
import { DuckDbEngine, folderBuckets } from '../../src/snowflake-emulator/engine/index.js';
import { startEmulator } from '../../src/snowflake-emulator/server.js';

export type Files = Readonly<Record<string, string | Uint8Array>>;

/** A folder with these files below a path in it, gone when the test ends. */
export function folderOf(files: Files, below = ''): string {
  return temporaryFolder(
    Object.fromEntries(Object.entries(files).map(([name, content]) => [join(below, name), content])),
  );
}

/** A Snowflake that sees each folder of `buckets` as the bucket of its name. */
export async function openEmulated(buckets: string): Promise<Warehouse> {
  const engine = await DuckDbEngine.open({ databases: ['FILMS'], stageFiles: folderBuckets(buckets) });
  const emulator = await startEmulator({ engine, users: [{ name: 'ada', password: 'secret' }] });
  onTestFinished(async () => {
    await emulator.close();
    await engine.close();
  });
  return openAt(emulator.url, { warehouse: 'compute_wh' });
}

/** The Snowflake that answers at a URL. */
export async function openAt(accessUrl: string, options: { warehouse?: string } = {}): Promise<Warehouse> {
  const warehouse = await openSnowflake({
    account: 'testorg-testaccount',
    user: 'ada',
    database: 'films',
    credentials: { method: 'password', secret: new Secret('secret') },
    accessUrl,
    ...options,
  });
  onTestFinished(() => warehouse.close());
  return warehouse;
}

/** What came of a load: counts, rows and rejects, written so that both engines write the same. */
export async function loadInto(
  warehouse: Warehouse,
  place: string,
  sources: readonly Source[],
): Promise<unknown> {
  const session = await warehouse.openSession();
  onTestFinished(() => session.close());
  const isSnowflake = warehouse.dialect === 'snowflake';
  const quoted = (name: string) => `"${isSnowflake ? name.toUpperCase() : name}"`;
  const loader = isSnowflake
    ? createSnowflakeLoader(place, { warehouse, schema: '_matinee' })
    : createLoader(place);
  const { files } = await loader.survey(sources);
  await session.execute(`create schema if not exists ${quoted('raw')}`);
  await session.execute(
    `create table ${quoted('raw')}.rejected (load_id varchar, source varchar, file varchar, line bigint, column_name varchar, reason varchar, raw varchar)`,
  );
  const told: string[] = [];
  const loaded = await loader.load({
    targets: sources.map((source) => ({
      source,
      table: `${quoted('raw')}.${quoted(source.name)}`,
      files: files.filter((file) => file.source === source.name),
    })),
    session,
    loadId: 'load-1',
    maxRejects: { share: 1 },
    onSource: (source) => told.push(source),
    rejectsTable: `${quoted('raw')}.rejected`,
  });
  return {
    told: told.sort(),
    counts: loaded.map(({ source, files: of, rows, rejectedRows, repeatedRows, overruledRows }) => ({
      ...{ source, rows, rejectedRows, repeatedRows, overruledRows },
      files: of.map(({ version, contentVersion, checksum, modifiedAt, seconds, ...file }) => file),
    })),
    rows: await rowsOf(session, sources, quoted),
    rejects: (await session.query(`select * from ${quoted('raw')}.rejected order by file, line`)).map((row) =>
      Object.values(row),
    ),
  };
}

async function rowsOf(session: Session, sources: readonly Source[], quoted: (name: string) => string) {
  const all: string[][] = [];
  for (const { name, columns } of sources) {
    const wanted = [...Object.keys(columns), '_file'].map(quoted).join(', ');
    const rows = await session.query(`select ${wanted} from ${quoted('raw')}.${quoted(name)}`);
    all.push(rows.map((row) => JSON.stringify(Object.values(row).map(String))).sort());
  }
  return all;
}

export async function openMemory(): Promise<Warehouse> {
  const warehouse = await openDuckDb({ path: ':memory:' });
  onTestFinished(() => warehouse.close());
  return warehouse;
}
