import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  type LoadedSource,
  type LoadRequest,
  type MatineeError,
  openDuckDb,
  type Session,
  type Source,
  type WarehouseRow,
} from '@matinee/core';
import { expect, onTestFinished } from 'vitest';
import { temporaryFolder } from '../../../core/test/support/files.js';
import { createLoader, type LoaderOptions } from '../../src/index.js';

export type Files = Readonly<Record<string, string | Uint8Array>>;

/** A folder of the test's own with these files in it, gone when it ends. */
export function folderOf(files: Files = {}, name = 'delivery'): string {
  const folder = join(temporaryFolder(), name);
  mkdirSync(folder, { recursive: true });
  writeFiles(folder, files);
  return folder;
}

export function writeFiles(folder: string, files: Files): void {
  for (const [file, content] of Object.entries(files)) {
    const path = join(folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
}

type LoadOptions = Partial<Pick<LoadRequest, 'maxRejects' | 'signal' | 'onProgress' | 'loadId'>>;

/** A DuckDB in memory to load into. When the test ends no temporary file may be left. */
export class Lab {
  readonly session: Session;
  readonly temporaryFolder: string;

  constructor(session: Session, temporaryFolder: string) {
    this.session = session;
    this.temporaryFolder = temporaryFolder;
  }

  async load(
    place: string,
    sources: readonly Source[],
    options: LoadOptions = {},
    loaderOptions: LoaderOptions = {},
  ) {
    const loader = createLoader(place, { temporaryFolder: this.temporaryFolder, ...loaderOptions });
    const delivery = await loader.survey(sources);
    for (const { name } of sources) await this.session.execute(`drop table if exists ${name}`);
    return loader.load({
      targets: sources.map((source) => ({
        source,
        table: `"${source.name}"`,
        files: delivery.files.filter((file) => file.source === source.name),
      })),
      session: this.session,
      loadId: 'load-1',
      maxRejects: { rows: 0 },
      rejectsTable: '"rejected"',
      ...options,
    });
  }

  /** Loads the only source of these files, however many of its rows are rejected. */
  async loadOne(source: Source, files: Files, options: LoadOptions = {}): Promise<LoadedSource> {
    const [loaded] = await this.load(folderOf(files), [source], { maxRejects: { share: 1 }, ...options });
    return loaded!;
  }

  /** The data of a table, without where it comes from, in the order of all columns. */
  async rows({ name, columns }: Source): Promise<readonly WarehouseRow[]> {
    const data = Object.keys(columns).map((column) => `"${column}"`);
    return this.session.query(`select ${data.join(', ')} from ${name} order by all`);
  }

  /** The rejects that are kept, as `[line, column, reason, raw]`. */
  async rejects(): Promise<readonly (readonly unknown[])[]> {
    const rows = await this.session.query('select * from rejected order by source, line');
    return rows.map(({ line, column_name, reason, raw }) => [line, column_name, reason, raw]);
  }

  async one(sql: string): Promise<WarehouseRow> {
    const [row] = await this.session.query(sql);
    return row!;
  }
}

export async function openLab(): Promise<Lab> {
  const warehouse = await openDuckDb({ path: ':memory:' });
  const session = await warehouse.openSession();
  await session.execute(
    'create table rejected (load_id varchar, source varchar, file varchar, line bigint, column_name varchar, reason varchar, raw varchar)',
  );
  const temporaryFolder = folderOf({}, 'temporary');
  onTestFinished(async () => {
    expect(readdirSync(temporaryFolder)).toEqual([]);
    await session.close();
    await warehouse.close();
  });
  return new Lab(session, temporaryFolder);
}

/** What a promise is rejected with. */
export async function errorOf(promise: Promise<unknown>): Promise<MatineeError> {
  return promise.then(
    () => expect.unreachable('This should have failed.'),
    (error: MatineeError) => error,
  );
}
