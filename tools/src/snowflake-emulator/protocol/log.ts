/** A statement the emulator was sent. */
export interface LoggedStatement {
  readonly queryId: string;
  readonly requestId: string;
  readonly sessionId: number;
  readonly user: string;
  readonly sql: string;
  /** Of the statement, else of the session. */
  queryTag: string | null;
  readonly describeOnly: boolean;
  /** How many values were bound; those of an array count as one. */
  readonly binds: number;
  /** How many requests have brought it: more than one if it was sent again. */
  requests: number;
  state: 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled';
  /** Of the error it ended with. */
  code: string | null;
}
