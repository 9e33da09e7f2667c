/** Small projects, built through the real driver on our emulator, looked at by a session that belongs to no build. */
import { fileURLToPath } from 'node:url';
import {
  type BuildOptions,
  build,
  buildDag,
  gatherProject,
  openSnowflake,
  type RunEvent,
  type RunResult,
  Secret,
  type Session,
  type SnowflakeOptions,
  type Warehouse,
  type WarehouseRow,
} from '@matinee/core';
import { onTestFinished } from 'vitest';
import { DuckDbEngine, type EngineOptions } from '../../src/snowflake-emulator/engine/index.js';
import { type Emulator, startEmulator } from '../../src/snowflake-emulator/server.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url)).replace(/\/$/, '');
const PASSWORD = 'secret';

export class Lab {
  readonly emulator: Emulator;
  /** Looks from outside. */
  readonly session: Session;
  readonly events: RunEvent[] = [];
  #clock = Date.UTC(2026, 0, 1);

  private constructor(emulator: Emulator, session: Session) {
    this.emulator = emulator;
    this.session = session;
  }

  static async open(options: EngineOptions = {}): Promise<Lab> {
    const engine = await DuckDbEngine.open({ databases: ['LAB'], ...options });
    onTestFinished(() => engine.close());
    const emulator = await startEmulator({ engine, users: [{ name: 'ANNA', password: PASSWORD }] });
    onTestFinished(() => emulator.close());
    const outside = await openWarehouse(emulator, true);
    onTestFinished(() => outside.close());
    const session = await outside.openSession();
    onTestFinished(() => session.close());
    return new Lab(emulator, session);
  }

  /** Builds a project of these declarations, the clock an hour later than before. */
  async build(
    declarations: readonly unknown[],
    options: Partial<BuildOptions> = {},
    connection: Partial<SnowflakeOptions> = {},
  ): Promise<RunResult> {
    const exports = Object.fromEntries(declarations.map((node, index) => [`node${index}`, node]));
    const folder = `${ROOT}/no/such/folder`;
    const dag = buildDag(
      gatherProject(ROOT, [{ package: '@films/models-lab', domain: 'lab', folder, exports }]),
    );
    const warehouse = await openWarehouse(this.emulator, false, connection);
    this.#clock += 3_600_000;
    try {
      return await build({
        dag,
        warehouse,
        command: 'build',
        clock: () => new Date(this.#clock),
        onEvent: (event) => this.events.push(event),
        ...options,
      });
    } finally {
      await warehouse.close();
    }
  }

  rows(query: string): Promise<readonly WarehouseRow[]> {
    return this.session.query(query);
  }

  /** The statements of the emulator's log that match. */
  sent(pattern: RegExp): readonly string[] {
    return this.emulator.log.map(({ sql }) => sql).filter((sql) => pattern.test(sql));
  }
}

function openWarehouse(
  emulator: Emulator,
  readOnly: boolean,
  connection: Partial<SnowflakeOptions> = {},
): Promise<Warehouse> {
  return openSnowflake({
    account: 'ACME-TEST',
    user: 'ANNA',
    database: 'LAB',
    credentials: { method: 'password', secret: new Secret(PASSWORD) },
    accessUrl: emulator.url,
    cancelTimeout: 5,
    readOnly,
    ...connection,
  });
}

/** The status of each node. */
export function statuses({ nodes }: RunResult): Readonly<Record<string, string>> {
  return Object.fromEntries(nodes.map(({ node, status }) => [node, status]));
}
