import type { Session } from '../adapters/adapter.js';
import type { Namer } from '../materialize/names.js';

const SCHEMA = '_matinee_failures';

/** The quoted name of the table that keeps a test's failing rows; its schema is made. */
export async function failuresTable(session: Session, names: Namer, test: string): Promise<string> {
  await session.execute(`create schema if not exists ${names.quote(names.schema(SCHEMA))}`);
  return names.inSchema(SCHEMA, test);
}
