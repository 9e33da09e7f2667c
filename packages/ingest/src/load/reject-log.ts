import { formatLiteral, type Session } from '@matinee/core';
import type { Reject } from '../scan/sink.js';

const ROWS_PER_INSERT = 500;
const KEPT_SAMPLES = 5;

/** Where the rejects of a file are kept. */
export interface RejectTarget {
  readonly session: Session;
  /** The quoted name of the table. */
  readonly table: string;
  readonly loadId: string;
  readonly source: string;
  /** The file as it was delivered. */
  readonly file: string;
}

/** Keeps rejects in the warehouse, some hundred at a time, and the first few for messages. */
export class RejectLog {
  count = 0;
  readonly samples: Reject[] = [];
  readonly #target: RejectTarget;
  #waiting: Reject[] = [];
  #writing: Promise<void> = Promise.resolve();

  constructor(target: RejectTarget) {
    this.#target = target;
  }

  add(reject: Reject): void {
    this.count++;
    if (this.samples.length < KEPT_SAMPLES) this.samples.push(reject);
    this.#waiting.push(reject);
    if (this.#waiting.length >= ROWS_PER_INSERT) this.#write();
  }

  /** Waits until all that was added is in the warehouse. */
  async flush(): Promise<void> {
    this.#write();
    await this.#writing;
  }

  #write(): void {
    if (this.#waiting.length === 0) return;
    const { session, table, loadId, source, file } = this.#target;
    const rows = this.#waiting.map(({ line, column, reason, raw }) => {
      const values = [loadId, source, file, line, column, reason, raw];
      return `(${values.map((value) => formatLiteral(value, 'duckdb')).join(', ')})`;
    });
    this.#waiting = [];
    this.#writing = this.#writing.then(async () => {
      await session.execute(`insert into ${table} values ${rows.join(', ')}`);
    });
    this.#writing.catch(() => undefined);
  }
}
