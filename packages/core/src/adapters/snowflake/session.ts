import { MatineeError, StatementError, WarehouseError } from '../../errors.js';
import { quoteIdentifier } from '../../sql/identifier.js';
import type {
  DescribedColumn,
  RelationColumns,
  Session,
  StatementTag,
  StoredRelation,
  WarehouseRow,
} from '../adapter.js';
import { ownName, PAGE, selectColumns, showColumns, showObjects, storedKind } from './catalog.js';
import { columnName, columnType } from './column-type.js';
import type { LiveConnection } from './connection.js';
import { isSessionGone, toFailure } from './failure.js';
import type { SnowflakeConnection } from './options.js';
import { queryTag } from './query-tag.js';
import { rowsChanged } from './rows-changed.js';
import type { StatementRequest, StatementResult } from './running-statement.js';
import { Standstill } from './standstill.js';
import { sessionLost, statementError, transactionLost } from './statement-errors.js';
import { rowReader } from './values.js';

/** In seconds: less than Snowflake takes to end a transaction that stands still and holds up others. */
const TRANSACTION_TIMEOUT = 240;

/** Opens a connection. */
type Connect = (tag: StatementTag | undefined) => Promise<LiveConnection>;

/** What a statement is to the transaction it may stand in. */
type Role = 'plain' | 'commit' | 'rollback';

/** How a statement's result is read. */
type Reading = Pick<StatementRequest, 'describeOnly' | 'onRows'>;

/** A conversation with Snowflake over one connection at a time: a lost one is replaced, unless a transaction is open. */
export class SnowflakeSession implements Session {
  readonly #connect: Connect;
  readonly #options: SnowflakeConnection;
  #connection: LiveConnection;
  #inTransaction = false;
  #standstill: Standstill | undefined;
  #running: Role = 'plain';
  #tail: Promise<unknown> = Promise.resolve();
  #tag: StatementTag | undefined;
  /** The warehouse that was asked for in place of the one that connections begin with. */
  #compute: string | undefined;

  constructor(
    options: SnowflakeConnection,
    connect: Connect,
    connection: LiveConnection,
    tag?: StatementTag,
  ) {
    this.#options = options;
    this.#connect = connect;
    this.#connection = connection;
    this.#tag = tag;
  }

  get isInTransaction(): boolean {
    return this.#inTransaction;
  }

  async execute(sql: string): Promise<number> {
    return rowsChanged(readRows(await this.#next(sql)));
  }

  async query(sql: string): Promise<readonly WarehouseRow[]> {
    return readRows(await this.#next(sql));
  }

  async stream(sql: string, take: (rows: readonly WarehouseRow[]) => Promise<void>): Promise<void> {
    let refused: { readonly error: unknown } | undefined;
    const onRows: StatementRequest['onRows'] = (rows, columns) =>
      take(rows.map(rowReader(columns))).catch((error: unknown) => {
        refused = { error };
        throw error;
      });
    await this.#next(sql, 'plain', { onRows }).catch((error: unknown) => {
      throw refused ? refused.error : error;
    });
  }

  async describe(sql: string): Promise<readonly DescribedColumn[]> {
    const { columns } = await this.#next(sql, 'plain', { describeOnly: true });
    return columns.map((column) => ({ name: columnName(column.getName()), type: columnType(column) }));
  }

  async relations(schemas: readonly string[], database?: string): Promise<readonly StoredRelation[]> {
    const found: StoredRelation[] = [];
    for (const schema of new Set(schemas.map((name) => name.toLowerCase()))) {
      for (const row of await this.#objects(schema, database)) {
        const name = ownName(row.name);
        if (name === undefined) continue;
        const comment = typeof row.comment === 'string' && row.comment !== '' ? { comment: row.comment } : {};
        found.push({ schema, name, kind: storedKind(row.kind), ...comment });
      }
    }
    return found;
  }

  async columns(schema: string, database?: string): Promise<RelationColumns> {
    const shown = await this.#ofSchema(showColumns(schema, database));
    const rows = shown.length < PAGE ? shown : await this.#ofSchema(selectColumns(schema, database));
    const relations = new Map<string, Set<string>>();
    for (const { table_name, column_name } of rows) {
      const [relation, column] = [ownName(table_name), ownName(column_name)];
      if (relation === undefined || column === undefined) continue;
      relations.set(relation, (relations.get(relation) ?? new Set()).add(column));
    }
    return relations;
  }

  async transaction<T>(work: () => Promise<T>): Promise<T> {
    await this.#next('begin transaction');
    this.#inTransaction = true;
    this.#standstill = new Standstill(this.#options.transactionTimeout ?? TRANSACTION_TIMEOUT);
    try {
      const result = await work();
      await this.#next('commit', 'commit');
      return result;
    } catch (error) {
      await this.#rollback();
      throw error;
    } finally {
      this.#inTransaction = false;
      this.#standstill.stop();
      this.#standstill = undefined;
    }
  }

  interrupt(): void {
    // Half a commit, or half a rollback, is nothing that anybody wants.
    if (this.#running === 'plain') this.#connection.interrupt();
  }

  tag(tag: StatementTag): void {
    this.#tag = tag;
  }

  async onCompute<T>(name: string, work: () => Promise<T>): Promise<T> {
    await this.#next(useWarehouse(name));
    this.#compute = name;
    const result = await work().catch(async (error: unknown) => {
      // Why the work failed says more than why the way back did.
      await this.#leaveCompute().catch(() => undefined);
      throw error;
    });
    await this.#leaveCompute();
    return result;
  }

  async close(): Promise<void> {
    await this.#tail;
    await this.#connection.close();
  }

  /** A transaction that cannot be rolled back ends with its session. */
  async #rollback(): Promise<void> {
    if (!this.#connection.isUsable) return;
    await this.#next('rollback', 'rollback').catch(() => this.#connection.discard());
  }

  /** A session that cannot go back is replaced: what comes next must not run on another's compute. */
  async #leaveCompute(): Promise<void> {
    this.#compute = undefined;
    const { warehouse } = this.#connection.state;
    if (warehouse === undefined) return;
    await this.#next(useWarehouse(warehouse)).catch((error: unknown) => {
      this.#connection.discard();
      throw error;
    });
  }

  async #objects(schema: string, database: string | undefined): Promise<readonly WarehouseRow[]> {
    const rows: WarehouseRow[] = [];
    for (let after: string | undefined; ; ) {
      const page = await this.#ofSchema(showObjects(schema, database, after));
      rows.push(...page);
      if (page.length < PAGE) return rows;
      after = String(page.at(-1)?.name);
    }
  }

  /** What SHOW tells of a schema: nothing if it is not there. */
  async #ofSchema(sql: string): Promise<readonly WarehouseRow[]> {
    try {
      return readRows(await this.#next(sql));
    } catch (error) {
      if (error instanceof StatementError && /does not exist/i.test(error.message)) return [];
      throw error;
    }
  }

  #next(sql: string, role: Role = 'plain', reading: Reading = {}): Promise<StatementResult> {
    const result = this.#tail.then(() => this.#run(sql, role, reading));
    this.#tail = result.catch(() => undefined);
    return result;
  }

  async #run(sql: string, role: Role, reading: Reading): Promise<StatementResult> {
    const request = { sql, tag: queryTag(this.#tag), ...reading };
    this.#running = role;
    for (let isAgain = false; ; isAgain = true) {
      if (!this.#connection.isUsable) await this.#reconnect();
      if (role !== 'rollback') this.#requireOpen();
      const told = { hasBegun: false };
      try {
        return await this.#connection.run(request, told);
      } catch (error) {
        const failure = this.#failureOf(error, sql, role, told.hasBegun);
        if (failure || isAgain) throw failure ?? sessionLost(error);
      }
    }
  }

  /** What a failed statement comes to; undefined if it may run again in a session of its own. */
  #failureOf(error: unknown, sql: string, role: Role, hasBegun: boolean): MatineeError | undefined {
    const failure = toFailure(error);
    if (error instanceof MatineeError || !isSessionGone(failure)) {
      const raised = error instanceof MatineeError ? error : statementError(failure, sql, this.#options);
      if (raised.code !== 'WAREHOUSE_UNREACHABLE') return raised;
      this.#connection.discard();
      if (role === 'commit') return commitUnknown(raised);
      return this.#inTransaction ? transactionLost(raised.message) : raised;
    }
    this.#connection.discard();
    if (this.#inTransaction) return transactionLost('The session ended');
    return hasBegun ? sessionLost(error) : undefined;
  }

  /** Snowflake ends transactions that stand still. What came after would be no part of one, and stay. */
  #requireOpen(): void {
    if (!this.#standstill?.hasStood) return;
    this.#connection.discard();
    throw transactionLost('This process has stood still within a transaction');
  }

  async #reconnect(): Promise<void> {
    if (this.#inTransaction) throw transactionLost('The session ended');
    this.#connection.discard();
    this.#connection = await this.#connect(this.#tag);
    if (this.#compute !== undefined) await this.#useAgain(useWarehouse(this.#compute));
  }

  /** Has a connection that took another's place use what that had in use. It is discarded if it cannot. */
  async #useAgain(sql: string): Promise<void> {
    try {
      await this.#connection.run({ sql, tag: queryTag(this.#tag) }, { hasBegun: false });
    } catch (error) {
      this.#connection.discard();
      if (error instanceof MatineeError) throw error;
      const failure = toFailure(error);
      throw isSessionGone(failure) ? sessionLost(error) : statementError(failure, sql, this.#options);
    }
  }
}

const useWarehouse = (name: string) => `use warehouse ${quoteIdentifier(name, 'snowflake')}`;

function readRows({ columns, rows }: StatementResult): readonly WarehouseRow[] {
  return rows.map(rowReader(columns));
}

function commitUnknown(cause: MatineeError): WarehouseError {
  return new WarehouseError(
    'COMMIT_UNKNOWN',
    `${cause.message} A transaction was being committed: whether it was, nobody knows.`,
    { hint: 'Build again when the network is back: it looks at what is there.' },
  );
}
