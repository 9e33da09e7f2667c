import type { RelationColumns, Session, StoredKind, WarehouseRow } from '../adapters/adapter.js';
import type { LoadedSource, StandingFile } from '../adapters/source-loader.js';
import type { Namer } from '../materialize/names.js';
import type { NodeDefinition } from '../plan/definition.js';
import type { SourceFiles } from '../plan/source-files.js';
import type { PassedTest, PublishedVersion, WarehouseState } from '../plan/state.js';
import { formatLiteral, type LiteralValue } from '../sql/literal.js';
import type { TestResult } from '../testing/run-test.js';
import type { UnitTestResult } from '../testing/unit-tests.js';
import type { NodeResult, RunStatus } from './events.js';
import { inBatches } from './in-batches.js';
import { LEDGER_SCHEMA, LEDGER_TABLES, type LedgerTable } from './ledger-tables.js';

/** A run as it begins. */
export interface OpenedRun {
  readonly runId: string;
  readonly command: string;
  readonly target: string;
  readonly startedAt: Date;
  readonly variables: Readonly<Record<string, unknown>>;
  /** What else decides what it does: kinds, full refresh and the like. */
  readonly options: Readonly<Record<string, unknown>>;
  /** The nodes that it is to build, or whose tests it is to run. */
  readonly planned: readonly string[];
}

/** A version of a node that is published now. */
export interface RecordedVersion extends PublishedVersion {
  /** Undefined if the rows are those that were published before. */
  readonly publishedBy: { readonly runId: string; readonly at: Date } | undefined;
}

/** Where it is looked what is stored, beside the ledger itself: schemas without the target's prefix. */
export interface StoredScope {
  readonly schemas: Iterable<string>;
  /** Looked at instead if a run was killed, which may have left candidates there. */
  readonly afterKill?: Iterable<string>;
  /** The schemas in which former nodes stand, too. */
  readonly withFormer?: boolean;
}

/** What Matinee remembers of a target, kept in schema `_matinee` beside the data. */
export class Ledger {
  readonly #session: Session;
  readonly #names: Namer;
  /** Looked up once: nobody else makes tables in a target that is held. */
  readonly #known: { columns?: RelationColumns };

  constructor(session: Session, names: Namer, known: { columns?: RelationColumns } = {}) {
    this.#session = session;
    this.#names = names;
    this.#known = known;
  }

  /** The same ledger written through another session, as a transaction needs it. */
  on(session: Session): Ledger {
    return new Ledger(session, this.#names, this.#known);
  }

  /** The quoted name of one of its tables. */
  table(name: LedgerTable): string {
    return this.#names.inSchema(LEDGER_SCHEMA, name);
  }

  /** Makes whatever of it is missing. */
  async create(): Promise<void> {
    await this.#session.execute(
      `create schema if not exists ${this.#names.quote(this.#names.schema(LEDGER_SCHEMA))}`,
    );
    const present = await this.columns();
    delete this.#known.columns;
    for (const [name, columns] of Object.entries(LEDGER_TABLES)) {
      const table = this.table(name as LedgerTable);
      const definitions = Object.entries(columns).map(([column, type]) => `${column} ${type}`);
      const known = present.get(name);
      if (!known) await this.#session.execute(`create table ${table} (${definitions.join(', ')})`);
      for (const [column, type] of Object.entries(columns))
        if (known && !known.has(column))
          await this.#session.execute(`alter table ${table} add column ${column} ${type}`);
    }
    const made = Object.entries(LEDGER_TABLES).map(([name, columns]): [string, ReadonlySet<string>] => [
      name,
      new Set([...(present.get(name) ?? []), ...Object.keys(columns)]),
    ]);
    this.#known.columns = new Map([...present, ...made]);
  }

  /** What is published and stored. A target that was never built is empty. */
  async readState({
    schemas,
    afterKill = schemas,
    withFormer = false,
  }: StoredScope): Promise<WarehouseState> {
    const columns = await this.columns();
    const runs = columns.has('runs')
      ? await this.#session.query(`select run_id from ${this.table('runs')} where status = 'running'`)
      : [];
    return {
      stored: await this.#storedRelations(
        runs.length > 0 ? afterKill : schemas,
        withFormer && columns.has('relations'),
      ),
      versions: await this.#versions(columns),
      openRuns: runs.map((row) => String(row.run_id)),
      files: columns.get('loaded_files')?.has('version') ? await this.#files() : new Map(),
    };
  }

  /** What is published, by node. */
  async readVersions(): Promise<ReadonlyMap<string, PublishedVersion>> {
    return this.#versions(await this.columns());
  }

  /** Notes that a run has begun, and that those which never ended were killed: nobody else holds the target. */
  async openRun({
    runId,
    command,
    target,
    startedAt,
    variables,
    options,
    planned,
  }: OpenedRun): Promise<void> {
    await this.#session.execute(
      `update ${this.table('runs')} set status = 'killed' where status = 'running'`,
    );
    const texts = [variables, options, planned].map((value) => JSON.stringify(value));
    await this.#insert('runs', [[runId, command, target, startedAt, null, 'running', ...texts]]);
  }

  async closeRun(runId: string, status: RunStatus, seconds: number): Promise<void> {
    const { dialect } = this.#names;
    await this.#session.execute(
      `update ${this.table('runs')} set status = ${formatLiteral(status, dialect)}, seconds = ${formatLiteral(seconds, dialect)}\nwhere run_id = ${formatLiteral(runId, dialect)}`,
    );
  }

  /** Notes what is published of a node now. Belongs into the transaction that publishes it. */
  async recordVersion(version: RecordedVersion): Promise<void> {
    const { node, publishedBy } = version;
    const where = `node = ${formatLiteral(node, this.#names.dialect)}`;
    const [before] = publishedBy
      ? []
      : await this.#session.query(
          `select run_id, cast(published_at as varchar) as published_at from ${this.table('node_versions')} where ${where}`,
        );
    await this.#session.execute(`delete from ${this.table('node_versions')} where ${where}`);
    await this.#insert('node_versions', [
      [
        node,
        version.fingerprint,
        version.version,
        version.rowsVersion,
        JSON.stringify(version.inputs),
        version.base ? JSON.stringify(version.base) : null,
        JSON.stringify(version.definition),
        JSON.stringify(version.tests),
        version.unitTestsVersion ?? null,
        version.rows,
        publishedBy ? publishedBy.runId : textOf(before?.run_id),
        publishedBy ? publishedBy.at : textOf(before?.published_at),
      ],
    ]);
  }

  /** Notes which tests have passed on what is published of a node. */
  async recordTests(
    node: string,
    tests: Readonly<Record<string, PassedTest>>,
    unitTestsVersion: string | undefined,
  ): Promise<void> {
    const [passed, unit, name] = [JSON.stringify(tests), unitTestsVersion ?? null, node].map((value) =>
      formatLiteral(value, this.#names.dialect),
    );
    await this.#session.execute(
      `update ${this.table('node_versions')} set tests = ${passed}, unit_tests_version = ${unit} where node = ${name}`,
    );
  }

  /** Notes what the code says of a node whose rows stay as they are. */
  async recordDefinition(node: string, definition: NodeDefinition): Promise<void> {
    const [text, name] = [JSON.stringify(definition), node].map((value) =>
      formatLiteral(value, this.#names.dialect),
    );
    await this.#session.execute(
      `update ${this.table('node_versions')} set definition = ${text} where node = ${name}`,
    );
  }

  /** Notes that a relation is Matinee's own, so that it can be cleared away once no node owns it any more. */
  async recordRelation(schema: string, name: string, runId: string, at: Date): Promise<void> {
    const { dialect } = this.#names;
    const [stored, relation] = [this.#names.schema(schema), name];
    await this.#session.execute(
      `delete from ${this.table('relations')} where schema_name = ${formatLiteral(stored, dialect)} and relation_name = ${formatLiteral(relation, dialect)}`,
    );
    await this.#insert('relations', [[stored, relation, runId, at]]);
  }

  /** Forgets relations that are dropped and nodes that the project has no more. Their results stay, as history. */
  async forget(
    relations: readonly { readonly schema: string; readonly name: string }[],
    nodes: readonly string[],
  ): Promise<void> {
    const literal = (text: string) => formatLiteral(text, this.#names.dialect);
    for (const { schema, name } of relations)
      await this.#session.execute(
        `delete from ${this.table('relations')} where lower(schema_name) = ${literal(schema)} and lower(relation_name) = ${literal(name)}`,
      );
    for (const node of nodes)
      await this.#session.execute(`delete from ${this.table('node_versions')} where node = ${literal(node)}`);
  }

  /** Notes the files whose rows a source's table holds now. */
  async recordFiles(place: string, loadId: string, loaded: LoadedSource): Promise<void> {
    const files = [...loaded.kept, ...loaded.files.map((file) => ({ ...file, place, loadId }))];
    await this.#replaceFiles(loaded.source, files);
  }

  /** Notes what versions the files of sources have now whose content is still the one that was loaded. */
  async recordTouched(files: readonly SourceFiles[]): Promise<void> {
    for (const { touched, standing } of files) {
      const [first] = touched;
      if (!first) continue;
      const now = new Map(touched.map((file) => [file.path, file]));
      const all = standing.map((file) => now.get(file.path) ?? file);
      await this.#session.transaction(() => this.#replaceFiles(first.source, all));
    }
  }

  async #replaceFiles(source: string, files: readonly StandingFile[]): Promise<void> {
    await this.#session.execute(
      `delete from ${this.table('loaded_files')} where source = ${formatLiteral(source, this.#names.dialect)}`,
    );
    await this.#insert(
      'loaded_files',
      files.map((file) => [
        file.loadId,
        file.source,
        file.place,
        file.path,
        file.version,
        file.contentVersion,
        file.checksum ?? null,
        file.shape,
        file.bytes,
        new Date(file.modifiedAt),
        file.rows,
        file.rejectedRows,
        file.repeatedRows,
        file.overruledRows,
        file.hiddenRows,
        file.seconds,
      ]),
    );
  }

  async recordResults(
    runId: string,
    nodes: readonly NodeResult[],
    tests: readonly (TestResult | UnitTestResult)[],
  ): Promise<void> {
    await this.#insert(
      'node_results',
      nodes.map((node) => nodeRow(runId, node)),
    );
    await this.#insert(
      'test_results',
      tests.map((test) => ('model' in test ? unitTestRow(runId, test) : testRow(runId, test))),
    );
  }

  async #files(): Promise<ReadonlyMap<string, readonly StandingFile[]>> {
    const rows = await this.#session.query(
      `select *, cast(modified_at as varchar) as modified from ${this.table('loaded_files')} where version is not null order by source, file`,
    );
    const files = new Map<string, StandingFile[]>();
    for (const row of rows) {
      const file = fileOf(row);
      files.set(file.source, [...(files.get(file.source) ?? []), file]);
    }
    return files;
  }

  async #storedRelations(
    schemas: Iterable<string>,
    withFormer: boolean,
  ): Promise<ReadonlyMap<string, StoredKind>> {
    const former = withFormer
      ? await this.#session.query(
          `select distinct lower(schema_name) as schema_name from ${this.table('relations')}`,
        )
      : [];
    const wanted = [LEDGER_SCHEMA, ...schemas].map((schema) => this.#names.schema(schema).toLowerCase());
    const all = new Set([...wanted, ...former.map(({ schema_name }) => String(schema_name))]);
    const relations = await this.#session.relations([...all], this.#names.database);
    return new Map(relations.map(({ schema, name, kind }) => [`${schema}.${name}`, kind]));
  }

  async #versions(columns: RelationColumns): Promise<ReadonlyMap<string, PublishedVersion>> {
    const isCurrent = Object.keys(LEDGER_TABLES.node_versions).every((name) =>
      columns.get('node_versions')?.has(name),
    );
    const rows = isCurrent ? await this.#session.query(`select * from ${this.table('node_versions')}`) : [];
    return new Map(
      rows.filter((row) => row.rows_version !== null).map((row) => [String(row.node), versionOf(row)]),
    );
  }

  /** The columns that the tables of this ledger have, as far as they are there. */
  async columns(): Promise<RelationColumns> {
    this.#known.columns ??= await this.#session.columns(
      this.#names.schema(LEDGER_SCHEMA),
      this.#names.database,
    );
    return this.#known.columns;
  }

  async #insert(table: LedgerTable, rows: readonly (readonly LiteralValue[])[]): Promise<void> {
    const columns = Object.keys(LEDGER_TABLES[table]).join(', ');
    const values = rows.map(
      (row) => `(${row.map((value) => formatLiteral(value, this.#names.dialect)).join(', ')})`,
    );
    for (const batch of inBatches(values))
      await this.#session.execute(`insert into ${this.table(table)} (${columns}) values ${batch.join(', ')}`);
  }
}

function versionOf(row: WarehouseRow): PublishedVersion {
  return {
    node: String(row.node),
    fingerprint: String(row.fingerprint),
    version: String(row.version),
    rowsVersion: String(row.rows_version),
    inputs: JSON.parse(String(row.inputs)),
    base: row.base === null ? undefined : JSON.parse(String(row.base)),
    definition: JSON.parse(String(row.definition)),
    tests: JSON.parse(String(row.tests)),
    unitTestsVersion: textOf(row.unit_tests_version) ?? undefined,
    rows: Number(row.row_count),
  };
}

function fileOf(row: WarehouseRow): StandingFile {
  return {
    source: String(row.source),
    place: String(row.place),
    path: String(row.file),
    version: String(row.version),
    contentVersion: String(row.content_version ?? row.version),
    checksum: textOf(row.checksum) ?? undefined,
    shape: String(row.shape),
    bytes: Number(row.bytes),
    modifiedAt: `${String(row.modified).replace(' ', 'T')}Z`,
    loadId: String(row.load_id),
    rows: Number(row.row_count),
    rejectedRows: Number(row.rejected_rows),
    repeatedRows: Number(row.repeated_rows),
    overruledRows: Number(row.overruled_rows),
    hiddenRows: Number(row.hidden_rows),
    seconds: Number(row.seconds),
  };
}

const textOf = (value: unknown): string | null =>
  value === null || value === undefined ? null : String(value);

function nodeRow(runId: string, result: NodeResult): LiteralValue[] {
  const { node, kind, action, status, reason, rowsChanged, rows, seconds, error } = result;
  const message = error?.message ?? null;
  return [runId, node, kind, action, status, reason, rowsChanged ?? null, rows ?? null, seconds, message];
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
