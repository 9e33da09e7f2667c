import { onTestFinished } from 'vitest';
import {
  type BuildOptions,
  build,
  type MatineeError,
  openDuckDb,
  type RunEvent,
  type RunOptions,
  type RunResult,
  type Session,
  testPublished,
  type Warehouse,
  type WarehouseRow,
} from '../../src/index.js';
import { dagOf } from './project.js';
import { type InlineDelivery, rowsLoader } from './rows-loader.js';

/** An embedded engine in memory, closed when the test ends. */
export async function openMemory(): Promise<Warehouse> {
  return closing(await openDuckDb({ path: ':memory:', engineThreads: 1 }));
}

export function closing(warehouse: Warehouse): Warehouse {
  onTestFinished(() => warehouse.close());
  return warehouse;
}

/** A session that looks at a warehouse from outside of any run. */
export async function openSession(warehouse: Warehouse): Promise<Session> {
  const session = await warehouse.openSession();
  onTestFinished(() => session.close());
  return session;
}

/** Tells every statement of the sessions that are opened from now on, just before it runs. */
export function watchStatements(warehouse: Warehouse, tell: (sql: string) => void): void {
  const open = warehouse.openSession.bind(warehouse);
  warehouse.openSession = async () => {
    const session = await open();
    const execute = session.execute.bind(session);
    session.execute = (sql) => {
      tell(sql);
      return execute(sql);
    };
    return session;
  };
}

/** The rows of a relation, sorted by all their columns. */
export async function rowsOf(session: Session, relation: string): Promise<readonly WarehouseRow[]> {
  return session.query(`select * from ${relation} order by all`);
}

type LabOptions = Partial<Omit<BuildOptions, 'dag' | 'warehouse' | 'loader'>> & {
  readonly rows?: InlineDelivery;
};

/** A warehouse to build in again and again, with a clock that moves on by an hour from build to build. */
export class Lab {
  readonly warehouse: Warehouse;
  /** Looks at what is there, beside any run. */
  readonly session: Session;
  readonly events: RunEvent[] = [];
  #hours = 0;

  constructor(warehouse: Warehouse, session: Session) {
    this.warehouse = warehouse;
    this.session = session;
  }

  /** Builds the declarations, all of them if nothing is selected. Events are kept, those of this build only. */
  async build(
    declarations: readonly unknown[],
    { rows = {}, ...options }: LabOptions = {},
  ): Promise<RunResult> {
    return build({ ...this.#options(declarations, options), loader: rowsLoader(rows) });
  }

  async test(declarations: readonly unknown[], options: LabOptions = {}): Promise<RunResult> {
    return testPublished(this.#options(declarations, options));
  }

  #options(declarations: readonly unknown[], options: LabOptions): RunOptions {
    this.events.length = 0;
    const now = new Date(Date.UTC(2026, 0, 1, this.#hours++));
    return {
      command: 'build',
      clock: () => now,
      onEvent: (event) => this.events.push(event),
      ...options,
      dag: dagOf(...declarations),
      warehouse: this.warehouse,
    };
  }

  rows(relation: string): Promise<readonly WarehouseRow[]> {
    return rowsOf(this.session, relation);
  }

  query(sql: string): Promise<readonly WarehouseRow[]> {
    return this.session.query(sql);
  }

  /** Everything that stands in the warehouse outside of the ledger, as `schema.name kind`. */
  async stored(): Promise<readonly string[]> {
    const rows = await this.session.query(
      `select table_schema || '.' || table_name || case when table_type = 'VIEW' then ' view' else ' table' end as name
       from information_schema.tables where not starts_with(table_schema, '_matinee') order by name`,
    );
    return rows.map((row) => String(row.name));
  }
}

export async function openLab(): Promise<Lab> {
  const warehouse = await openMemory();
  return new Lab(warehouse, await openSession(warehouse));
}

/** Each node with its status, in the order of their names. */
export function statuses(result: RunResult): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...result.nodes].sort((a, b) => (a.node < b.node ? -1 : 1)).map(({ node, status }) => [node, status]),
  );
}

/** Each node with what the build did about it. */
export function actions(result: RunResult): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...result.nodes].sort((a, b) => (a.node < b.node ? -1 : 1)).map(({ node, action }) => [node, action]),
  );
}

export function nodeOf(result: RunResult, name: string): RunResult['nodes'][number] {
  const found = result.nodes.find(({ node }) => node === name);
  if (!found) throw new Error(`The run has no node '${name}'.`);
  return found;
}

export function testOf(result: RunResult, name: string): RunResult['tests'][number] {
  const found = result.tests.find(({ test }) => test === name);
  if (!found)
    throw new Error(`No test '${name}' ran, but ${result.tests.map(({ test }) => test).join(', ')}.`);
  return found;
}

/** The names of the tests that ran, or were proved anew. */
export function ranTests({ tests }: RunResult): readonly string[] {
  return tests.filter(({ message }) => !message?.startsWith('not run: it has')).map(({ test }) => test);
}

/** The error of a node that failed. */
export function errorOf(result: RunResult, name: string): MatineeError {
  const { error } = nodeOf(result, name);
  if (!error) throw new Error(`'${name}' has no error.`);
  return error;
}
