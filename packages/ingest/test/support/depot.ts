import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  build,
  buildDag,
  gatherProject,
  openDuckDb,
  type RejectLimit,
  type RunResult,
  type Session,
  type Source,
  type Warehouse,
} from '@matinee/core';
import { onTestFinished } from 'vitest';
import { createLoader } from '../../src/index.js';
import { folderOf } from './lab.js';
import { ratings } from './sources.js';

/** A warehouse that sources are loaded into again and again from one folder. */
export class Depot {
  readonly folder = folderOf();
  readonly warehouse: Warehouse;
  readonly session: Session;
  readonly warnings: string[] = [];

  constructor(warehouse: Warehouse, session: Session) {
    this.warehouse = warehouse;
    this.session = session;
  }

  write(path: string, rows: readonly string[], header = 'userId,movieId,rating,timestamp'): void {
    const file = join(this.folder, path);
    mkdirSync(dirname(file), { recursive: true });
    rmSync(file, { force: true });
    writeFileSync(file, [header, ...rows].map((row) => `${row}\n`).join(''));
  }

  remove(path: string): void {
    rmSync(join(this.folder, path));
  }

  async load(
    options: {
      prune?: boolean;
      fullRefresh?: boolean;
      folder?: string;
      sources?: readonly Source[];
      maxRejects?: RejectLimit;
    } = {},
  ): Promise<RunResult> {
    const {
      prune = false,
      fullRefresh = false,
      folder = this.folder,
      sources = [ratings],
      maxRejects = { share: 1 },
    } = options;
    this.warnings.length = 0;
    return build({
      dag: dagOf(sources),
      warehouse: this.warehouse,
      loader: createLoader(folder, { temporaryFolder: folderOf() }),
      command: 'load',
      prune,
      fullRefresh,
      maxRejects,
      onEvent: (event) => event.type === 'warning' && this.warnings.push(event.message),
    });
  }

  rows(): Promise<readonly unknown[]> {
    return this.session.query('select userId, movieId, rating, _file from lab.ratings order by all');
  }

  files(): Promise<readonly unknown[]> {
    return this.session.query(
      'select file, row_count, rejected_rows, repeated_rows + overruled_rows as lost from _matinee.loaded_files order by file',
    );
  }
}

function dagOf(sources: readonly Source[]) {
  const exports = Object.fromEntries(sources.map((one) => [one.name, one]));
  const folder = '/no/such/folder';
  return buildDag(
    gatherProject(folder, [{ package: '@lab/models-lab', domain: 'lab', folder: `${folder}/lab`, exports }]),
  );
}

export async function openDepot(): Promise<Depot> {
  const warehouse = await openDuckDb({ path: ':memory:' });
  const session = await warehouse.openSession();
  onTestFinished(async () => {
    await session.close();
    await warehouse.close();
  });
  return new Depot(warehouse, session);
}
