import type { Session } from '../adapters/adapter.js';

/** A session that notes what is to be changed instead of changing it; queries are answered. */
export function recordingSession(session: Session): { readonly session: Session; readonly noted: string[] } {
  const noted: string[] = [];
  const execute = async (statement: string) => {
    noted.push(statement);
    return 0;
  };
  return {
    noted,
    session: {
      execute,
      query: (sql) => session.query(sql),
      stream: (sql, take) => session.stream(sql, take),
      describe: (sql) => session.describe(sql),
      relations: (schemas, database) => session.relations(schemas, database),
      columns: (schema, database) => session.columns(schema, database),
      transaction: (work) => work(),
      interrupt: () => session.interrupt(),
      close: async () => undefined,
    },
  };
}
