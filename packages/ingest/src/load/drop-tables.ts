import type { Session } from '@matinee/core';

/** Takes away tables that nobody will read any more. A failure is nothing worse: the next run clears them away. */
export async function dropTables(session: Session, tables: readonly string[]): Promise<void> {
  for (const table of tables) await session.execute(`drop table if exists ${table}`).catch(() => undefined);
}
