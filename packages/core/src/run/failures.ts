import type { Session } from '../adapters/adapter.js';
import type { Namer } from '../materialize/names.js';

const SCHEMA = '_matinee_failures';

export async function createFailuresSchema(session: Session, names: Namer): Promise<void> {
  await session.execute(`create schema if not exists ${names.quote(names.schema(SCHEMA))}`);
}

/** The quoted name of the table that keeps a test's failing rows. */
export function failuresTable(names: Namer, test: string): string {
  return names.inSchema(SCHEMA, test);
}
