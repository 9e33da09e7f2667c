import type { Column, Connection, RowStatement } from 'snowflake-sdk';

export interface StatementRequest {
  readonly sql: string;
  readonly tag: string;
  /** Only the columns are wanted; nothing runs. */
  readonly describeOnly?: boolean;
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

/**
 * A statement that the driver runs. With `streamResult` its failure is told at once; without, the driver would send the
 * statement a second time to read the rows of what has failed.
 */
export class RunningStatement {
  /** Fails with the driver's error. */
  readonly result: Promise<StatementResult>;
  readonly #statement: RowStatement | undefined;

  constructor(connection: Connection, { sql, tag, describeOnly = false }: StatementRequest) {
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
          else readResult(statement, describeOnly).then(resolve, reject);
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
    this.#statement?.cancel(() => {});
  }
}

async function readResult(statement: RowStatement, describeOnly: boolean): Promise<StatementResult> {
  const columns = statement.getColumns() ?? [];
  const rows: (readonly unknown[])[] = [];
  if (!describeOnly) for await (const row of statement.streamRows()) rows.push(row as readonly unknown[]);
  return { columns, rows, state: stateOf(statement) };
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
