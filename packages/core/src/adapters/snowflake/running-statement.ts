import type { Column, Connection, RowStatement } from 'snowflake-sdk';
import { StatementError } from '../../errors.js';

export interface StatementRequest {
  readonly sql: string;
  readonly tag: string;
  /** Only the columns are wanted; nothing runs. */
  readonly describeOnly?: boolean;
  /** Told the rows in stretches, and waited for; the result then has none. */
  readonly onRows?: (rows: readonly (readonly unknown[])[], columns: readonly Column[]) => Promise<void>;
}

export interface StatementResult {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly unknown[])[];
  readonly state: CurrentState;
}

/** What is in use after a statement. */
export interface CurrentState {
  readonly role: string | undefined;
  readonly warehouse: string | undefined;
  readonly database: string | undefined;
}

/** How many rows are handed out at a time. */
const STRETCH = 5_000;

/**
 * A statement that the driver runs. With `streamResult` its failure is told at once; without, the driver would send the
 * statement a second time to read the rows of what has failed.
 */
export class RunningStatement {
  /** Fails with the driver's error. */
  readonly result: Promise<StatementResult>;
  readonly #statement: RowStatement | undefined;
  #isCancelled = false;

  constructor(connection: Connection, request: StatementRequest) {
    const { sql, tag, describeOnly = false } = request;
    let run: RowStatement | undefined;
    this.result = new Promise<StatementResult>((resolve, reject) => {
      run = connection.execute({
        sqlText: sql,
        parameters: { QUERY_TAG: tag },
        describeOnly,
        streamResult: true,
        rowMode: 'array',
        fetchAsString: ['Number', 'JSON'],
        complete: (error, statement) => {
          if (error) reject(error);
          else this.#readResult(statement, request).then(resolve, reject);
        },
      }) as RowStatement;
    });
    this.#statement = run;
  }

  /** Whether Snowflake is known to have begun with it. */
  get hasBegun(): boolean {
    return this.#statement?.getQueryId() !== undefined;
  }

  /** Asks Snowflake to stop it; it then fails. */
  cancel(): void {
    this.#isCancelled = true;
    this.#statement?.cancel(() => {});
  }

  async #readResult(
    statement: RowStatement,
    { describeOnly = false, onRows }: StatementRequest,
  ): Promise<StatementResult> {
    const columns = statement.getColumns() ?? [];
    let rows: (readonly unknown[])[] = [];
    if (!describeOnly) {
      for await (const row of statement.streamRows()) {
        rows.push(row as readonly unknown[]);
        if (!onRows || rows.length < STRETCH) continue;
        // A statement that has ended cannot be cancelled; the reading of its rows can.
        if (this.#isCancelled) throw interrupted();
        await onRows(rows, columns);
        rows = [];
      }
    }
    if (onRows && rows.length > 0) await onRows(rows, columns);
    return { columns, rows: onRows ? [] : rows, state: stateOf(statement) };
  }
}

/** What a statement that was given up fails with. */
export function interrupted(): StatementError {
  return new StatementError('STATEMENT_INTERRUPTED', 'The statement was interrupted.', undefined);
}

/** As the driver keeps it, which does not say so in its types. */
interface SessionState {
  getCurrentRole(): string | null | undefined;
  getCurrentWarehouse(): string | null | undefined;
  getCurrentDatabase(): string | null | undefined;
}

function stateOf(statement: RowStatement): CurrentState {
  const state = statement.getSessionState() as SessionState | undefined;
  return {
    role: state?.getCurrentRole() || undefined,
    warehouse: state?.getCurrentWarehouse() || undefined,
    database: state?.getCurrentDatabase() || undefined,
  };
}
