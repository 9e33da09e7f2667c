import { DuckDBInstance } from '@duckdb/node-api';
import type { Engine, EngineSession, SessionRequest } from '../engine.js';
import { MACROS } from './bind/macros.js';
import { Catalog } from './catalog/catalog.js';
import { Locks } from './locks.js';
import { DuckSession } from './session.js';
import { SessionState } from './state.js';

export interface StagedFile {
  /** Below the stage's URL, with `/` between folders. */
  readonly path: string;
  readonly etag: string;
  readonly size: number;
  readonly modified: Date;
  read(): Promise<Uint8Array>;
}

export interface EngineOptions {
  /** Databases that are there from the start, each with schema PUBLIC. */
  readonly databases?: readonly string[];
  readonly warehouses?: readonly string[];
  readonly roles?: readonly string[];
  /** The files below the URL of an external stage, whatever they are called further on. */
  readonly stageFiles?: (url: string) => Promise<readonly StagedFile[]>;
  readonly now?: () => Date;
  readonly threads?: number;
  /** How long a transaction may stand still while others wait for its locks; 300 if this is left out. */
  readonly idleTransactionSeconds?: number;
  /** What CURRENT_VERSION() answers. */
  readonly version?: string;
}

/** Snowflake's semantics on an in-memory DuckDB. */
export class DuckDbEngine implements Engine {
  readonly #instance: DuckDBInstance;
  readonly #catalog: Catalog;
  readonly #options: EngineOptions;
  readonly #locks = new Locks();
  #sessions = 0;

  private constructor(instance: DuckDBInstance, catalog: Catalog, options: EngineOptions) {
    this.#instance = instance;
    this.#catalog = catalog;
    this.#options = options;
  }

  static async open(options: EngineOptions = {}): Promise<DuckDbEngine> {
    const instance = await DuckDBInstance.create(':memory:', { threads: String(options.threads ?? 1) });
    const connection = await instance.connect();
    for (const macro of MACROS) await connection.run(macro);
    connection.closeSync();
    const catalog = new Catalog();
    for (const name of options.databases ?? []) catalog.createDatabase(name);
    for (const name of options.warehouses ?? ['COMPUTE_WH']) catalog.ofAccount('WAREHOUSE').set(name, '');
    for (const name of options.roles ?? ['ACCOUNTADMIN', 'SYSADMIN', 'PUBLIC'])
      catalog.ofAccount('ROLE').set(name, '');
    return new DuckDbEngine(instance, catalog, options);
  }

  /** Names that are not there leave the session without: as Snowflake, which lets one log in all the same. */
  async openSession(request: SessionRequest): Promise<EngineSession & DuckSession> {
    const connection = await this.#instance.connect();
    const state = new SessionState(this.#catalog);
    const fold = (name: string | undefined) => (name === undefined ? undefined : folded(name));
    const database = this.#catalog.databases.get(fold(request.database) ?? '');
    state.database = database?.name ?? null;
    state.schema = database?.schemas.get(fold(request.schema) ?? 'PUBLIC')?.name ?? null;
    const [warehouse, role] = [fold(request.warehouse), fold(request.role)];
    state.warehouse =
      warehouse !== undefined && this.#catalog.ofAccount('WAREHOUSE').has(warehouse) ? warehouse : null;
    state.role = role ?? 'PUBLIC';
    for (const [name, value] of Object.entries(request.parameters))
      state.parameters.set(name.toUpperCase(), value);
    const id = String(1_000_000 + ++this.#sessions);
    return new DuckSession(connection, state, this.#locks, this.#options, {
      id,
      user: request.user.toUpperCase(),
    });
  }

  async close(): Promise<void> {
    this.#instance.closeSync();
  }
}

/** A name as given at login: quoted ones stay as they are. */
function folded(name: string): string {
  return /^".*"$/.test(name) ? name.slice(1, -1).replaceAll('""', '"') : name.toUpperCase();
}
