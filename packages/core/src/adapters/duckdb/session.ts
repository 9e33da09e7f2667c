import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api';
import { formatLiteral } from '../../sql/literal.js';
import type {
  DescribedColumn,
  RelationColumns,
  Session,
  StoredRelation,
  WarehouseRow,
  WarehouseValue,
} from '../adapter.js';
import { decimalValue } from '../decimal.js';
import { isInterruption } from '../interruption.js';
import { appendRows } from './append-rows.js';
import { toWarehouseError } from './errors.js';

const ROLLBACKS = 5;

/** A connection to a DuckDB instance. Statements queue up: one runs at a time. */
export class DuckDbSession implements Session {
  readonly #connection: DuckDBConnection;
  #tail: Promise<unknown> = Promise.resolve();

  constructor(connection: DuckDBConnection) {
    this.#connection = connection;
  }

  execute(sql: string): Promise<number> {
    return this.#next(sql, async () => (await this.#connection.run(sql)).rowsChanged);
  }

  query(sql: string): Promise<readonly WarehouseRow[]> {
    return this.#next(sql, async () => {
      const reader = await this.#connection.runAndReadAll(sql);
      return reader.getRowObjects().map(toRow);
    });
  }

  async stream(sql: string, take: (rows: readonly WarehouseRow[]) => Promise<void>): Promise<void> {
    let refused: { readonly error: unknown } | undefined;
    const taken = this.#next(sql, async () => {
      const result = await this.#connection.stream(sql);
      for await (const rows of result.yieldRowObjects()) {
        await take(rows.map(toRow)).catch((error: unknown) => {
          refused = { error };
          throw error;
        });
      }
    });
    await taken.catch((error: unknown) => {
      throw refused ? refused.error : error;
    });
  }

  append(table: string, rows: readonly (readonly WarehouseValue[])[]): Promise<void> {
    return this.#next(`insert into ${table}`, () => appendRows(this.#connection, table, rows));
  }

  describe(sql: string): Promise<readonly DescribedColumn[]> {
    return this.#next(sql, async () => {
      const statement = await this.#connection.prepare(sql);
      try {
        return Array.from({ length: statement.columnCount }, (_, index) => ({
          name: statement.columnName(index),
          type: statement.columnType(index).toString(),
        }));
      } finally {
        statement.destroySync();
      }
    });
  }

  async relations(schemas: readonly string[], database?: string): Promise<readonly StoredRelation[]> {
    const wanted = schemas.map((schema) => literal(schema.toLowerCase())).join(', ');
    const rows = await this.query(
      `select lower(table_schema) as schema_name, lower(table_name) as name, table_type from information_schema.tables where table_catalog = ${catalog(database)} and lower(table_schema) in (${wanted || "''"})`,
    );
    return rows.map(({ schema_name, name, table_type }) => ({
      schema: String(schema_name),
      name: String(name),
      kind: String(table_type).includes('VIEW') ? 'view' : 'table',
    }));
  }

  async columns(schema: string, database?: string): Promise<RelationColumns> {
    const rows = await this.query(
      `select lower(table_name) as relation, lower(column_name) as name from information_schema.columns where table_catalog = ${catalog(database)} and lower(table_schema) = ${literal(schema.toLowerCase())}`,
    );
    const relations = new Map<string, Set<string>>();
    for (const row of rows) {
      const relation = String(row.relation);
      relations.set(relation, (relations.get(relation) ?? new Set()).add(String(row.name)));
    }
    return relations;
  }

  async transaction<T>(work: () => Promise<T>): Promise<T> {
    await this.execute('begin transaction');
    try {
      const result = await work();
      await this.execute('commit');
      return result;
    } catch (error) {
      await this.#rollBack();
      throw error;
    }
  }

  /** An interruption may hit the rollback itself: a transaction that stays open would fail whoever comes next. */
  async #rollBack(): Promise<void> {
    for (let attempt = 0; attempt < ROLLBACKS; attempt++) {
      const error = await this.execute('rollback').then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      if (!isInterruption(error)) return;
    }
  }

  interrupt(): void {
    this.#connection.interrupt();
  }

  async close(): Promise<void> {
    await this.#tail;
    this.#connection.closeSync();
  }

  #next<T>(sql: string, work: () => Promise<T>): Promise<T> {
    const result = this.#tail.then(work).catch((error: unknown) => {
      throw toWarehouseError(error, sql);
    });
    this.#tail = result.catch(() => undefined);
    return result;
  }
}

const literal = (text: string) => formatLiteral(text, 'duckdb');

const catalog = (database: string | undefined) =>
  database === undefined ? 'current_database()' : literal(database);

function toRow(row: Record<string, DuckDBValue>): WarehouseRow {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, toValue(value)]));
}

function toValue(value: DuckDBValue): WarehouseValue {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  return 'toDouble' in value ? decimalValue(String(value)) : String(value);
}
