/** The lease's table as Snowflake would keep it, for an engine without SQL. */
import { type Result, SnowflakeError, type StatementRequest } from '../../src/snowflake-emulator/engine.js';
import { changed, column, DONE, rows } from './support.js';

interface LeaseRow {
  fence: number;
  holder: string | null;
  purpose: string | null;
  host: string | null;
  pid: number | null;
  since: number;
  expiresAt: number;
}

export class LeaseTable {
  row: LeaseRow | undefined;

  readonly answer = ({ sql }: StatementRequest): Result | undefined => {
    if (sql.startsWith('create table if not exists')) {
      this.row ??= { fence: 0, holder: null, purpose: null, host: null, pid: null, since: 0, expiresAt: 0 };
      return DONE;
    }
    if (sql.startsWith('create schema')) return DONE;
    if (!sql.includes('"LEASE"')) return undefined;
    const { row } = this;
    if (!row) {
      throw new SnowflakeError(
        '002003',
        '42S02',
        "SQL compilation error:\nObject 'LEASE' does not exist or not authorized.",
      );
    }
    if (sql.startsWith('select count')) return one('HELD', this.#isHeld(sql));
    if (sql.startsWith('select')) return this.#read(row);
    const matches = sql.includes('holder is null or')
      ? !row.holder || row.expiresAt <= Date.now()
      : this.#isHeld(sql);
    if (matches) this.#update(row, sql);
    return changed({ 'number of rows updated': matches ? 1n : 0n });
  };

  #isHeld(sql: string): boolean {
    const [, holder, fence] = /where holder = '([^']*)' and fence = (\d+)/.exec(sql) ?? [];
    const isOver = sql.includes('expires_at > sysdate()') && (this.row?.expiresAt ?? 0) <= Date.now();
    return !isOver && this.row?.holder === holder && this.row?.fence === Number(fence);
  }

  #update(row: LeaseRow, sql: string): void {
    const text = (name: string) => new RegExp(`${name} = '((?:[^']|'')*)'`).exec(sql)?.[1] ?? null;
    const lasts = /millisecond, (\d+)/.exec(sql)?.[1];
    row.expiresAt = lasts === undefined ? 0 : Date.now() + Number(lasts);
    if (sql.includes('holder = null')) row.holder = null;
    if (!sql.includes('fence = fence + 1')) return;
    row.fence += 1;
    row.since = Date.now();
    row.holder = text('holder');
    row.purpose = text('purpose');
    row.host = text('host');
    row.pid = Number(/pid = (\d+)/.exec(sql)?.[1]);
  }

  #read({ fence, holder, purpose, host, pid, since }: LeaseRow): Result {
    const integer = { precision: 38, scale: 0 };
    return rows(
      [
        column('FENCE', 'fixed', integer),
        ...['HOLDER', 'PURPOSE', 'HOST'].map((name) => column(name, 'text')),
        column('PID', 'fixed', integer),
        column('SINCE', 'timestamp_ntz', { scale: 6 }),
      ],
      [[BigInt(fence), holder, purpose, host, pid === null ? null : BigInt(pid), BigInt(since) * 1_000_000n]],
    );
  }
}

function one(name: string, value: boolean): Result {
  return rows([column(name, 'fixed', { precision: 18, scale: 0 })], [[value ? 1n : 0n]]);
}
