import type { Session } from '../adapters/adapter.js';
import type { LoadedSource } from '../adapters/source-loader.js';
import type { Namer } from '../materialize/names.js';
import type { StoredKind } from '../materialize/publish.js';
import type { NodeStage } from '../plan/plan.js';
import type { PublishedVersion, WarehouseState } from '../plan/state.js';
import { formatLiteral, type LiteralValue } from '../sql/literal.js';
import type { TestResult } from '../testing/run-test.js';
import type { UnitTestResult } from '../testing/unit-tests.js';
import type { NodeResult, RunResult } from './events.js';

const SCHEMA = '_matinee';

/** The ledger's tables; people may query them. Times are UTC. */
const TABLES = {
  runs: 'run_id varchar, command varchar, started_at timestamp, seconds double, status varchar, variables varchar',
  node_versions:
    'node varchar, fingerprint varchar, version varchar, tests_version varchar, row_count bigint, run_id varchar, published_at timestamp',
  node_results:
    'run_id varchar, node varchar, kind varchar, action varchar, status varchar, reason varchar, row_count bigint, seconds double, message varchar',
  test_results:
    'run_id varchar, test varchar, node varchar, kind varchar, severity varchar, status varchar, failures bigint, seconds double, message varchar',
  loaded_files:
    'load_id varchar, source varchar, file varchar, shape varchar, bytes bigint, modified_at timestamp, row_count bigint, rejected_rows bigint, repeated_rows bigint, seconds double',
  rejected_rows:
    'load_id varchar, source varchar, file varchar, line bigint, column_name varchar, reason varchar, raw varchar',
} as const;

type LedgerTable = keyof typeof TABLES;

/** What Matinee remembers of a target, kept in schema `_matinee` beside the data. */
export class Ledger {
  readonly #session: Session;
  readonly #names: Namer;

  constructor(session: Session, names: Namer) {
    this.#session = session;
    this.#names = names;
  }

  /** The same ledger written through another session, as a transaction needs it. */
  on(session: Session): Ledger {
    return new Ledger(session, this.#names);
  }

  /** The quoted name of one of its tables. */
  table(name: LedgerTable): string {
    return this.#names.inSchema(SCHEMA, name);
  }

  /** Makes whatever of it is missing. */
  async create(): Promise<void> {
    await this.#session.execute(
      `create schema if not exists ${this.#names.quote(this.#names.schema(SCHEMA))}`,
    );
    for (const [name, columns] of Object.entries(TABLES)) {
      await this.#session.execute(
        `create table if not exists ${this.table(name as LedgerTable)} (${columns})`,
      );
    }
  }

  /** What is published and stored. A target that was never built is empty. */
  async readState(): Promise<WarehouseState> {
    const stored = await this.#session.query(
      "select lower(table_schema || '.' || table_name) as name, table_type from information_schema.tables",
    );
    const kinds = new Map<string, StoredKind>(
      stored.map((row) => [String(row.name), String(row.table_type).includes('VIEW') ? 'view' : 'table']),
    );
    if (!kinds.has(`${this.#names.schema(SCHEMA)}.node_versions`.toLowerCase()))
      return { versions: new Map(), stored: kinds };
    const rows = await this.#session.query(
      `select node, fingerprint, version, tests_version, row_count from ${this.table('node_versions')}`,
    );
    const versions = rows.map(
      (row): PublishedVersion => ({
        node: String(row.node),
        fingerprint: String(row.fingerprint),
        version: String(row.version),
        testsVersion: row.tests_version === null ? undefined : String(row.tests_version),
        rows: Number(row.row_count),
      }),
    );
    return { versions: new Map(versions.map((version) => [version.node, version])), stored: kinds };
  }

  /** Notes what is published of a node now. Belongs into the transaction that publishes it. */
  async recordVersion(
    stage: NodeStage,
    rows: number,
    tested: boolean,
    runId: string,
    now: Date,
  ): Promise<void> {
    const table = this.table('node_versions');
    await this.#session.execute(
      `delete from ${table} where node = ${formatLiteral(stage.node.name, this.#names.dialect)}`,
    );
    await this.#insert('node_versions', [
      [
        stage.node.name,
        stage.fingerprint,
        stage.version,
        tested ? stage.testsVersion : null,
        rows,
        runId,
        now,
      ],
    ]);
  }

  /** Notes that what is published of a node has passed the tests of now. */
  async recordTests({ node, testsVersion }: NodeStage): Promise<void> {
    const [version, name] = [testsVersion, node.name].map((value) =>
      formatLiteral(value, this.#names.dialect),
    );
    await this.#session.execute(
      `update ${this.table('node_versions')} set tests_version = ${version} where node = ${name}`,
    );
  }

  async recordFiles(loadId: string, loaded: LoadedSource): Promise<void> {
    await this.#session.execute(
      `delete from ${this.table('loaded_files')} where source = ${formatLiteral(loaded.source, this.#names.dialect)}`,
    );
    await this.#insert(
      'loaded_files',
      loaded.files.map((file) => [
        loadId,
        file.source,
        file.path,
        file.shape,
        file.bytes,
        new Date(file.modifiedAt),
        file.rows,
        file.rejectedRows,
        file.repeatedRows,
        file.seconds,
      ]),
    );
  }

  /** Notes a finished run with all its results. */
  async recordRun(result: RunResult, variables: string): Promise<void> {
    const { runId, command, startedAt, seconds, status } = result;
    await this.#session.transaction(async () => {
      await this.#insert('runs', [[runId, command, new Date(startedAt), seconds, status, variables]]);
      await this.#insert(
        'node_results',
        result.nodes.map((node) => nodeRow(runId, node)),
      );
      await this.#insert('test_results', [
        ...result.tests.map((test) => testRow(runId, test)),
        ...result.unitTests.map((test) => unitTestRow(runId, test)),
      ]);
    });
  }

  async #insert(table: LedgerTable, rows: readonly (readonly LiteralValue[])[]): Promise<void> {
    if (rows.length === 0) return;
    const values = rows.map(
      (row) => `(${row.map((value) => formatLiteral(value, this.#names.dialect)).join(', ')})`,
    );
    await this.#session.execute(`insert into ${this.table(table)} values ${values.join(', ')}`);
  }
}

function nodeRow(runId: string, result: NodeResult): LiteralValue[] {
  const { node, kind, action, status, reason, rows, seconds, error } = result;
  return [runId, node, kind, action, status, reason, rows ?? null, seconds, error?.message ?? null];
}

function testRow(runId: string, result: TestResult): LiteralValue[] {
  const { test, owner, severity, status, failures, seconds, message } = result;
  return [runId, test, owner, 'data_test', severity, status, failures, seconds, message ?? null];
}

function unitTestRow(
  runId: string,
  { test, model, status, seconds, message }: UnitTestResult,
): LiteralValue[] {
  return [runId, test, model, 'unit_test', 'error', status, null, seconds, message ?? null];
}
