import { existsSync } from 'node:fs';
import { UsageError, WarehouseError } from '../../errors.js';
import { quoteIdentifier } from '../../sql/identifier.js';
import { formatLiteral } from '../../sql/literal.js';
import type { Session } from '../adapter.js';
import { type LockOptions, waitForLock } from './lock.js';
import { sameFile } from './same-file.js';

/**
 * Attaches another DuckDB file for reading, to all sessions of the instance.
 *
 * @param path absolute
 * @throws WarehouseError WAREHOUSE_MISSING, WAREHOUSE_LOCKED, WAREHOUSE_OPEN; UsageError ATTACH_ALIAS, ATTACH_FILE.
 */
export async function attachFile(
  session: Session,
  alias: string,
  path: string,
  options: LockOptions,
): Promise<void> {
  if (!existsSync(path)) {
    throw new WarehouseError('WAREHOUSE_MISSING', `The DuckDB file to read as '${alias}' is not there.`, {
      location: { file: path },
      hint: 'Build it first, or name a file that is there.',
    });
  }
  await refuseAttached(session, alias, path);
  await refuseAmbiguous(session, alias);
  const name = quoteIdentifier(alias, 'duckdb');
  const statement = `attach ${formatLiteral(path, 'duckdb')} as ${name} (read_only)`;
  await waitForLock(path, () => session.execute(statement), options);
  try {
    // Now the schemas of that file are known as well.
    await refuseAmbiguous(session, alias);
  } catch (error) {
    await session.execute(`detach ${name}`);
    throw error;
  }
}

/** Attached a second time, a file would lose its lock as soon as one of the two is detached. */
async function refuseAttached(session: Session, alias: string, path: string): Promise<void> {
  for (const database of await session.query('select database_name as name, path from duckdb_databases()')) {
    if (String(database.name).toLowerCase() === alias.toLowerCase()) throw aliasTaken(alias, 'a database');
    if (database.path === null || !sameFile(String(database.path), path)) continue;
    throw new UsageError(
      'ATTACH_FILE',
      `The DuckDB file to read as '${alias}' is open as '${database.name}'.`,
      {
        location: { file: path },
        hint: 'Name another file, or read it under that name.',
      },
    );
  }
}

/** `raw.x` cannot be told from table x of database raw: DuckDB then refuses every name that starts with it. */
async function refuseAmbiguous(session: Session, alias: string): Promise<void> {
  const schemas = await session.query(
    `select 1 from duckdb_schemas() where lower(schema_name) = lower(${formatLiteral(alias, 'duckdb')})`,
  );
  if (schemas.length > 0) throw aliasTaken(alias, 'a schema');
}

function aliasTaken(alias: string, what: string): UsageError {
  return new UsageError('ATTACH_ALIAS', `'${alias}' is the name of ${what} already.`, {
    hint: 'Attach the file under another name.',
  });
}
