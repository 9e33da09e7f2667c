import { type Rows, statusRows } from '../rows.js';
import type { DuckSession } from '../session.js';
import type { Cursor } from '../syntax/cursor.js';

/** What a statement answers. */
export interface Executed {
  readonly rows: Rows;
  /** Snowflake's number for the kind of statement. */
  readonly typeId: number;
  /** Whether RESULT_SCAN may ask for it. */
  readonly keeps?: boolean;
}

/** Reads the rest of a statement behind the words that chose it, and executes it. */
export type Statement = (cursor: Cursor, session: DuckSession) => Promise<Executed>;

export const TYPE_IDS = {
  select: 0x1000,
  insert: 0x3100,
  update: 0x3200,
  delete: 0x3300,
  merge: 0x3400,
  copy: 0x3600,
  session: 0x4000,
  use: 0x4300,
  show: 0x4400,
  describe: 0x4500,
  list: 0x4700,
  transaction: 0x5000,
  ddl: 0x6000,
} as const;

export function status(message: string, typeId: number = TYPE_IDS.ddl): Executed {
  return { rows: statusRows(message), typeId };
}
